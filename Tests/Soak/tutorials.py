"""Applies each patch of Tests/Tutorials to a copy of the package, builds it and runs the tests the patch names; run from the package's folder.

A patch is what a tutorial of Sources/billfold/billfold.docc leads to, with a test of its own. Before the difference itself it says in a line
`Tests: ...` which tests are run, as filters of `swift test` parted by spaces. The copy is kept and changed only where files differ, so that all
patches after the first build quickly. Ends with 1 if one does not apply, build or pass."""

import argparse
import os
import re
import shutil
import subprocess
import sys

PATCHES = "Tests/Tutorials"
# What a build or a run leaves behind.
LEFT = {".git", ".build", "out", "__pycache__"}


def files(root):
    """The files of a package by their paths below its folder."""
    found = set()
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in LEFT]
        found.update(os.path.relpath(os.path.join(folder, name), root) for name in names)
    return found


def same(one, other):
    if os.path.islink(one) or os.path.islink(other) or not os.path.exists(other):
        return False
    if os.stat(one).st_mode != os.stat(other).st_mode or os.path.getsize(one) != os.path.getsize(other):
        return False
    with open(one, "rb") as first, open(other, "rb") as second:
        return first.read() == second.read()


def renew(tree):
    """Makes the copy equal to the package; what is equal stays untouched."""
    wanted = files(".")
    for path in files(tree) - wanted:
        os.remove(os.path.join(tree, path))
    for path in wanted:
        target = os.path.join(tree, path)
        if same(path, target):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.lexists(target):
            os.remove(target)
        shutil.copy(path, target, follow_symlinks=False)


def run(tree, *words):
    """Runs a program in the copy; gives whether it succeeded, and what it printed."""
    # Within a checkout `git apply` takes paths from its root and skips what is outside; the copy is no part of one.
    environment = dict(os.environ, GIT_CEILING_DIRECTORIES=os.path.dirname(tree))
    environment.pop("RECORD", None)
    done = subprocess.run(words, cwd=tree, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode == 0, done.stdout


def fault(tree, patch):
    """What is wrong with a patch; `None` if nothing is."""
    with open(patch, encoding="utf-8") as file:
        stated = re.search(r"^Tests: (.+)$", file.read().split("\ndiff ")[0], re.M)
    if not stated:
        return "names no tests"
    applied, told = run(tree, "git", "apply", "-C1", os.path.abspath(patch))
    if not applied:
        return "does not apply: " + told.strip()[:600]
    built, told = run(tree, "swift", "build", "--build-tests")
    if not built:
        return "does not build: " + "\n".join(re.findall(r".*error:.*", told)[:10])
    for name in stated.group(1).split():
        passed, told = run(tree, "swift", "test", "--skip-build", "--filter", name)
        count = re.search(r"Test run with (\d+) tests?", told)
        if not passed:
            return f"{name} fails: " + "\n".join(re.findall(r".*✘.*", told)[:10])
        if not count or count.group(1) == "0":
            return f"there are no tests '{name}'"
        print(f"  {name}: {count.group(1)} tests passed", flush=True)
    return None


def main():
    known = sorted(name[: -len(".patch")] for name in os.listdir(PATCHES) if name.endswith(".patch"))
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("names", nargs="*", metavar="name", help=f"some of {', '.join(known)}; all if none is named")
    arguments.add_argument("--tree", default=".build/tutorials", help="where the copy lies (.build/tutorials)")
    given = arguments.parse_args()
    for name in given.names:
        if name not in known:
            arguments.error(f"there is no patch '{name}'; expected some of {', '.join(known)}")
    tree = os.path.abspath(given.tree)
    os.makedirs(tree, exist_ok=True)
    faults = 0
    for name in given.names or known:
        print(f"{name}:", flush=True)
        renew(tree)
        found = fault(tree, f"{PATCHES}/{name}.patch")
        if found:
            faults += 1
            print(f"  {found}", flush=True)
    renew(tree)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
