"""The program as others see it: its commands, the files it leaves, the text of its pages."""

import concurrent.futures
import csv
import hashlib
import io
import json
import os
import subprocess


class Billfold:
    """The program in a folder; `layout`, `campaign` and the rest are paths in it."""

    def __init__(self, program, folder, company="company"):
        self.program, self.folder, self.company = os.path.abspath(program), os.path.abspath(folder), company

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *arguments, codes=(0,)):
        """Its exit code, what it wrote on standard output, and its diagnostics."""
        process = subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, text=True)
        assert process.returncode in codes, f"{' '.join(arguments)}: exit {process.returncode}\n{process.stdout[-3000:]}{process.stderr[-3000:]}"
        return process.returncode, process.stdout, process.stderr

    def job(self, layout=None):
        """The options that say what bills are made with."""
        return ["--layout", layout or f"{self.company}/layout", "--campaign", f"{self.company}/campaign", "--token-key", f"{self.company}/key",
                "--rules", f"{self.company}/rules", "--fonts", f"{self.company}/fonts"]

    def render(self, data, out, *more, ledger="ledger", layout=None, codes=(0, 65)):
        return self.run("render", *self.job(layout), "--ledger", ledger, "--jobs", "2", "--data", *data, "--out", out, *more, codes=codes)

    def export(self, ledger="ledger"):
        _, output, _ = self.run("ledger", "export", "--ledger", ledger, "--rules", f"{self.company}/rules")
        return output

    def write_records(self, name, records):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)

    def lines(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return [json.loads(line) for line in file]


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def tree(folder):
    """One digest over everything of a run but `.work`."""
    total = hashlib.sha256()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".work")
        for name in sorted(files):
            path = os.path.join(place, name)
            total.update(f"{os.path.relpath(path, folder)} {digest(path)}\n".encode())
    return total.hexdigest()


def write_rows(path, rows):
    """A file of events."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow("account,state,date,source,scope,evidence".split(","))
    writer.writerows(rows)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())


def page_texts(paths):
    """The text of each PDF, its pages as a list."""
    def text(path):
        found = subprocess.run(["pdftotext", "-q", "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout.decode()
        return found.split("\f")[:-1]

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(text, paths))
