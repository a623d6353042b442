internal import Commands

BillfoldProgram.main(.composed)
