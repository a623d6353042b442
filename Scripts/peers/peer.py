#!/usr/bin/env python3
"""Sets statements with one peer, in this process, one PDF each in memory, and says what each took.

usage: peer.py PEER FOLDER FONTS COUNT [OUT.pdf]

PEER is typst, typst-tagged, platypus or canvas. FOLDER has the texts.json and bills.jsonl of texts.py and the layout's images, FONTS is the project's
folder of fonts. Sets the first ten statements to warm up and then COUNT of them, and prints one JSON object: CPU milliseconds a document (all
threads), bytes a document, versions. OUT.pdf is the first statement, to be looked at.
"""
import json
import pathlib
import platform
import resource
import sys

WARM_UP = 10


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def maker(peer, folder, fonts):
    """What makes the PDF of a statement, and the versions it is made with."""
    if peer in ("typst", "typst-tagged"):
        import typst_peer
        return typst_peer.maker(folder, fonts, tagged=peer == "typst-tagged")
    if peer not in ("platypus", "canvas"):
        sys.exit(f"there is no peer '{peer}'")
    import reportlab
    from reportlab.lib import rl_accel
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    versions = {"reportlab": reportlab.Version, "accelerated": bool(rl_accel._c_funcs)}
    if peer == "platypus":
        import platypus_peer
        return platypus_peer.maker(texts, fonts), versions
    import canvas_peer
    return canvas_peer.maker(texts, fonts), versions


def main():
    peer, folder, fonts, count = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), int(sys.argv[4])
    bills = [line for line in (folder / "bills.jsonl").read_text(encoding="utf-8").splitlines() if line]
    make, versions = maker(peer, folder, fonts)
    made = [make(line) for line in bills[:WARM_UP]]
    if len(sys.argv) > 5:
        pathlib.Path(sys.argv[5]).write_bytes(made[0])
    size, before = 0, cpu()
    for place in range(count):
        size += len(make(bills[(WARM_UP + place) % len(bills)]))
    took = cpu() - before
    print(json.dumps({"ms": took * 1000 / count, "bytes": size // count, "versions": {"python": platform.python_version(), **versions}}))


if __name__ == "__main__":
    main()
