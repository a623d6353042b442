internal import Commands

// A stand-in for the program: the same commands and the same pipeline over a renderer that costs next to nothing.
BillfoldProgram.main(.probe)
