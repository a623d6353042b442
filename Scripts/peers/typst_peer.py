"""The statement set by Typst: one compiler for all, so that what it remembers from one statement to the next counts for it."""
import importlib.metadata
import shutil
import pathlib

import typst


def maker(folder, fonts, tagged):
    """What makes the PDF of a line of bills.jsonl, and the version."""
    shutil.copy(pathlib.Path(__file__).parent / "statement.typ", folder / "statement.typ")
    compiler = typst.Compiler(str(folder / "statement.typ"), root=str(folder), font_paths=[str(fonts / "Inter")], ignore_system_fonts=True)
    return (
        lambda line: compiler.compile(format="pdf", sys_inputs={"record": line}, pdf_tags=tagged),
        {"typst": importlib.metadata.version("typst")},
    )
