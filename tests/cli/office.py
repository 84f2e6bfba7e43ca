# SPDX-License-Identifier: ISC
"""Workbooks as LibreOffice has them, and as the octets that they are."""
import csv
import os
import shutil
import subprocess
import zipfile

from tap import scratched


def office():
    """LibreOffice, or None. tools/install.sh's set `test` has it."""
    return shutil.which('soffice') or shutil.which('libreoffice')


def converted(path):
    """The workbook's sheets, recalculated, as rows of texts."""
    folder = scratched('office')
    os.makedirs(folder, exist_ok=True)
    subprocess.run(
        [office(), '--headless', '--norestore',
         '-env:UserInstallation=file://' + scratched('profile'),
         '--convert-to',
         'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,'
         'false,false,-1', '--outdir', folder, path],
        check=True, capture_output=True, timeout=100)
    got = {}
    base = os.path.basename(path)[:-len('.xlsx')]
    for name in os.listdir(folder):
        if name.startswith(base + '-'):
            with open(os.path.join(folder, name), encoding='utf-8') as f:
                got[name[len(base) + 1:-len('.csv')]] = list(csv.reader(f))
    return got


def parts(path):
    """Each part of the archive by its name."""
    with zipfile.ZipFile(path) as z:
        return {n: z.read(n).decode('utf-8') for n in z.namelist()}
