"""Forty notebooks without a secret, full of what looks like one to a hasty reader."""

import ipywidgets

from tests.leaks.notebook_parts import (
    Part,
    code,
    failed,
    printed,
    save_widgets,
    shown,
    text,
    write_notebook,
)

_PLATFORMS = """\
Linux-5.15.0-1053-aws-x86_64-with-glibc2.35
macOS-14.2.1-arm64-arm-64bit-Mach-O
Windows-10-10.0.19045-SP0
Linux-6.1.0-18-Amd64-x86_64-with-Debian-12.5
CPython-3.11.7-64bit
Darwin-23.2.0-ARM64_T8112"""
_VERSIONS = """\
torch==2.3.1+cu121
tensorflow-2.15.0.post1-cp311-cp311-manylinux_2_17_x86_64.whl
v1.28.3-gke.1203001
numpy-2.0.0rc1.dev0+git20240101.g1a2b3c4
jupyterlab@4.2.1-Beta.3
OpenSSL-3.0.13-30.Jan-2024
2.7.0.dev20250310+cu124"""
_MACHINES = """\
ip-10-0-1-23.eu-Central-1.compute.internal
DESKTOP-4F7K2Q9.corp.Example.com
NVIDIA-A100-SXM4-80GB-MIG-1g.5gb
Standard_NC24ads_A100_v4
Tesla-V100-SXM2-32GB
gke-Prod-Pool-1-8f3a2b1c-x7k2
ml.g5.12xlarge-Spot-2
GeForce-RTX-4090-Laptop-24GB"""
_MODELS = """\
Mistral-7B-Instruct-v0.2
meta-llama/Llama-3.1-8B-Instruct
Qwen2.5-72B-Instruct-GPTQ-Int4
all-MiniLM-L6-v2
gpt-4-Turbo-2024-04-09
Mixtral-8x7B-Instruct-v0.1-AWQ
claude-3-5-Sonnet-20241022
Phi-3-Mini-4K-Instruct-Q4_K_M.gguf
bge-Large-en-v1.5-FP16"""
_CLOUD = """\
i-0abcd1234ef567890 vpc-0a1b2c3d subnet-9f8e7d6c
arn:aws:iam::123456789012:role/Data-Reader-2
123456789012.dkr.ecr.eu-west-1.amazonaws.com/App-Web:v2.1
/subscriptions/3f2504e0-4f89-11d3-9a0c-0305e82c3301/resourceGroups/Rg-Prod1
projects/Sample-Prod-1/locations/europe-west3/keyRings/Ring1
cf-ray: 8f2a1b3c4d5e6f70-FRA
CF-RAY 9A1B2C3D4E5F6A7B-AMS
x-amz-cf-pop: FRA56-P10
X-Amzn-Trace-Id: Root=1-65a1b2c3-0123456789abcdef01234567
ETag: W/"5f3c-Kq8bZ1xT9vR2mN4pL7wY6sD3hJ0"
job_Zk9Q-4bTx2LmVw8RpYs7NcHd1JgFa3Ue"""
_RAY = """\
ObjectRef(c8ef45ccd0112571ffffffffffffffffffffffff0100000001000000)
Actor(Trainer,a7b9c1d2e3f4a5b6c7d8e9f001000000)
raysubmit_7Xk2Lp9QwRt4Zv8M
ray-node-Head-Type-Worker-3fa1"""
_KUBECTL = """\
$ kubectl get secret Regcred-Prod-2 -o jsonpath={.data.Password}
$ kubectl get secret My-Api-Secret1 -n Team-A2
secret/my-api-secret1 created
secret my-api-secret1-v2 unchanged
$ aws secretsmanager get-secret-value --secret-id prod/Db-Creds-1
$ vault kv get -field=password kv/Team-A/Db-Prod-1"""
_PIP = """\
Successfully installed Jinja2-3.1.4 MarkupSafe-2.1.5 PyYAML-6.0.1 zstandard-0.22.0
Downloading https://files.example.org/packages/Aa/Bb/Torch-2.3.1-cp311.whl (1.2 MB)
Requirement already satisfied: Send2Trash>=1.8.2 in ./Lib/python3.11 (1.8.3)
   ━━━━━━━━━━━━━━ 755.5/755.5-MB 1.2-MB/s eta 0:00:00"""
_GPU = """\
| NVIDIA-SMI 535.161.08  Driver Version: 535.161.08  CUDA Version: 12.2 |
|   0  Tesla-T4-16GB  Off | 00000000:00:1E.0 Off |  0 |
GPU-5f3ca1b2-9d8e-7f60-a1b2-c3d4e5f60718"""
_TORCH = """\
Sequential((0):Conv2d(3,64,kernel_size=(7,7),stride=(2,2)),(1):BatchNorm2d(64))
torch.Size([32,3,224,224]) torch.float32 device(type='cuda',index=0)
100%|██████████| 938/938 [00:12<00:00, 75.31it/s, Loss=0.02, Acc@1=97.5%]"""
_SMILES = "CC(C)C[C@H](NC(=O)[C@@H]1CCCN1C(=O)C)C(=O)N[C@@H](C)c1ccc(Cl)cc1\nO=C1c2ccccc2C(=O)N1C[C@@H]1CO1"
_REGEX = r"""import re
password_rule = re.compile(r"^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z\d!@#$%^&*]{12,64}$")
iso = re.compile(r"\d{4}-\d{2}-\d{2}T[0-9:.]+Z?")
secret_like = re.findall(r"(?i)[A-Za-z0-9_-]{20,}={0,2}", body)"""
_CONFIG = """import os
from pydantic import SecretStr
secret = os.environ["Autotask_Secret_V2"]
password = SecretStr("*" * 25)
client_secret_name = "Kv-Autotask-Prod-1"
secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:Prod/Api-aB3dE9"
credentials = load_credentials("Conf/Credentials-2026.Prod.json")
password = get_password(user="A.Sample-1", store=Vault.Team_A2)
if not secret: raise ValueError("Set AUTOTASK_SECRET first, see Chapter-4.2")
PASSWORD_POLICY = "autotask-2025.6-Full"
print(f"Secret of {len(secret)} characters, ends in {secret[-2:]!r}")"""
_SHELL = """%%bash
export PATH=$HOME/.local/bin:$PATH:/opt/Tool-2.1/bin
for f in "${FILES[@]}"; do echo "${f%.*}-$(date +%Y%m%dT%H%M)"; done
docker run --rm -e PASSWORD=$DB_PASSWORD -v "$PWD":/Work1 app:V2.1-Beta
find . -name '*.Py' -exec grep -nE '[A-Z]{3}-[0-9]+' {} \\;"""
_SQL = """%%sql
SELECT "CustomerID"||'-'||TO_CHAR(o.Created_At,'YYYY-MM-DD"T"HH24:MI') AS Key_1
FROM dbo.Orders_2026 o WHERE o.Status_ID IN (1,2,5) AND o.Name LIKE 'A%_B2'"""
_JS = 'var E=t.n(r),O=function(e){return(0,a.jsx)(E(),{id:"Root_1",v:e?2:b[c]&&d})};'
_MINIFIED = (
    "!function(e,t){'object'==typeof exports?module.exports=t():e.Bokeh=t()}(this,"
    "(()=>{var e={123:(e,t,n)=>{n.d(t,{Z:()=>s});const s=(0,n(456).L2)`a${e}B9`}};"
    'b=/["]/.test(S[0])?r=t.getDay()+e%7:n?(t.H=+n[0]):-1;o=c.charAt(0)==="M1";'
    'a.b&&c(d,1);E=f?g:"h1";K[0]|=x<<3^~y%7;Q=/[A-Z]{2}\\d+$/.test(R);}));'
)
_SVG = (
    '<svg viewBox="0 0 576 396"><defs><clipPath id="p7A9cE2b41F"><rect/></clipPath></defs>'
    '<path d="M57.6,341.3L63.2,307.9C10.5-2.3,Q4,5Z" clip-path="url(#p7A9cE2b41F)"/>'
    '<use xlink:href="#m4F1b9Ec20D" style="fill:#1F77b4;stroke:#1F77b4"/>'
    '<g id="DejaVuSans-31"><text>Run-3 of GPT-4o-Mini-2024</text></g></svg>'
)
_STYLER = (
    '<style>#T_9A1b2 td.col0{background:#FFF7fb}</style><table id="T_9A1b2">'
    '<td id="T_9A1b2_row0_col1" class="data Row0-Col1">Llama-2-13B-Chat</td></table>'
    '<script src="https://cdn.example.org/Lib-2.1.min.js?v=Aa1Bb2&t=17a"></script>'
)
_LATEX = r"""The loss $\mathcal{L}_{2}(\Theta)=\sum_{i=1}^{N}\|Y_i-\hat{f}(X_i)\|^{2}+\lambda\|W\|_{1}$ is
$$\nabla_{\theta}J(\theta)=\mathbb{E}_{\pi}\left[G_t\nabla\log\pi(A_t|S_t)\right]$$
and $x^{2}_{1}+Y_{2}\le{3}\alpha\Beta$."""
_DOCS = """\
Passwords need 12 to 64 characters: `A-Z`, `a-z`, `0-9` and one of `!@#$%^&*()_+-=`.
Store the secret in [the vault](https://example.com/Team-A2/Vault?tab=Items&Sort=Name1).
See RFC-7617, ISO-8859-1, CVE-2024-3094, arXiv:2307.09288v2 and doi:10.1038/s41586-020-2649-2.
Password reset: ask Team-Ops-2, Room-4.12B. Secret Santa-2026 is on 2026-12-20.
![badge](https://img.example.org/badge/Python-3.11%20%7C%203.12-Blue.svg?style=Flat&logo=Py3)"""
_LOG = """\
2026-11-24T10:00:00.123Z INFO [Main-1] o.s.Boot.App$Config2 - Started in 3.2-s (PID=4711)
2026-11-24T10:00:01+01:00 WARN Password expired for User-17, see KB-2031.4
127.0.0.1 - - [24/Nov/2026:10:00:00 +0100] "GET /Api/V1?Page=2&Sort=-Name_1 HTTP/1.1" 200
Traceback-Id: Err-2026-11-24_10.00.00-A1, Session: Sess-0007.Eu-West-1b"""
_FRAME = """\
            CustomerID  Ship_To-Name    SKU-No          Updated_At
0  C-1001-DE-Hamburg-N  A.Sample-GmbH   SKU-4711-XL-B2  2026-11-24T09:30:00
1  C-1002-AT-Wien-1010  B.Sample_Ltd.2  EAN-40063813-3  2026-11-24T09:31:00"""
_IDS = """\
chatcmpl-9Xk2aB3dE9fGhIjKlMnOpQrStUvWx
req_011CQ9kXm2BvTz7LwRpYs4Nd
run-Upbeat-Sunset-42-3kf9Z2ab
asst_7aBcD3eFgH9iJkLmN1oPqRs
https://docs.example.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgVE2upms/edit
1OtyxfwoRyVK23XHnmd9JR-crBgHBL5mt
https://youtu.example/watch?v=dQw4w9WgXcQ&t=1M2s
https://login.example.com/?client_id=Web-App-1&redirect_uri=https%3A%2F%2FA.example%2FB1
https://b.example/o?X-Amz-Date=20261124T100000Z&X-Amz-Expires=3600&Id=Cat-1"""
_KEYS = """\
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKq9bX2mV7tPz4LwRs8Yd1NcHf3JgUa6Ee0Qk5Tx+Zo a@B-1
-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
sha512-Kq9bX2mV7tPz4LwRs8Yd1NcHf3JgUa6Ee0Qk5TxZo9aBcDeFgHiJkLmNoPqRsTuVwXyZ0123==
age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"""
_GIT = """\
commit 9fceb02d0ae598e95dc970b74767f19372d61af8 (HEAD -> Feature/Abc-123_V2, origin/Main)
index 3f2a1b0..9c8d7e6 100644 Bin 0 -> 4.5-KiB docs/Plan_2026-Q4.V2.Final.docx
* [new tag] V2026.11.24-Rc.1 -> V2026.11.24-Rc.1"""
_METADATA: Part = {
    "kernelspec": {"display_name": "Python 3.11 (Team-A2)", "name": "Py311-Team-A2"},
    "language_info": {"name": "python", "version": "3.11.7", "pygments_lexer": "ipython3"},
    "papermill": {
        "version": "2.5.0",
        "input_path": "S3://Bucket-1/In_2026/Report.V2.ipynb",
        "parameters": {"model": "Mistral-7B-Instruct-v0.2", "secret_name": "Kv-Api-Prod-1"},
    },
    "colab": {"provenance": [{"file_id": "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs"}]},
    "vscode": {"interpreter": {"hash": "31f2aee4e71d21fbe5cf8b01ff0e069b9275f589"}},
}  # fmt: skip


def make_clean() -> dict[str, Part]:
    """Return the notebooks by what is in them."""
    lines = {
        "platform strings": _PLATFORMS,
        "versions": _VERSIONS,
        "names of machines": _MACHINES,
        "names of models": _MODELS,
        "ids of clouds": _CLOUD,
        "ids of Ray": _RAY,
        "kubectl and vaults": _KUBECTL,
        "pip": _PIP,
        "graphics cards": _GPU,
        "neural networks": _TORCH,
        "formulas of molecules": _SMILES,
        "logs": _LOG,
        "a table": _FRAME,
        "ids of services": _IDS,
        "public keys and digests": _KEYS,
        "git": _GIT,
    }
    sources = {
        "regular expressions in code": _REGEX,
        "settings in code": _CONFIG,
        "shell in code": _SHELL,
        "SQL in code": _SQL,
        "JavaScript in code": f"%%javascript\n{_JS}",
        "models in code": "\n".join(f'name = "{m}"' for m in _MODELS.split()),
        "kubectl in code": "\n".join(f"!{line[2:]}" for line in _KUBECTL.split("\n")),
    }
    prose = {"formulas": _LATEX, "documentation": _DOCS, "models in Markdown": _MODELS}
    outputs = {
        "a plot of SVG": shown("image/svg+xml", _SVG),
        "a styled table": shown("text/html", _STYLER),
        "minified JavaScript": shown("application/javascript", _MINIFIED),
        "minified JavaScript in HTML": shown("text/html", f"<script>{_MINIFIED}</script>"),
        "a formula": shown("text/latex", _LATEX),
        "an object": shown(
            "application/json", {"model": "Qwen2.5-7B-Instruct", "host": "Node-1.B2"}
        ),
        "letters in a list": shown(
            "application/json", {"order": list("ABCDEFGHIJKLMNOP"), "n": ["A1", "b-2"]}
        ),
        "an error": failed(
            "KeyError",
            "'Password_2-Name'",
            "\x1b[0;31mKeyError\x1b[0m Traceback (most recent call last)",
            "Cell \x1b[0;32mIn[3], line 2\x1b[0m, in \x1b[0;36mLoad_Secret.V2\x1b[0m()",
            '----> 2 row["Password_2-Name"]',
        ),
    }  # fmt: skip
    widgets = [
        ipywidgets.Text(value="Mistral-7B-Instruct-v0.2"),
        ipywidgets.Dropdown(options=_MODELS.split(), value="all-MiniLM-L6-v2"),
        ipywidgets.HTML(value=f"<pre>{_PLATFORMS}</pre>"),
    ]
    return {
        **{
            name: write_notebook(code("run()", printed(t))) for name, t in lines.items()
        },
        **{name: write_notebook(code(source)) for name, source in sources.items()},
        **{name: write_notebook(text(source)) for name, source in prose.items()},
        **{name: write_notebook(code("run()", out)) for name, out in outputs.items()},
        "metadata": write_notebook(metadata=_METADATA),
        "metadata of a cell": write_notebook(
            code(
                "1",
                metadata={
                    "tags": ["Model-7B-Chat.V2"],
                    "id": "_nWxBZOmPK1B",
                    "outputId": "o_t3ZsX4PK0z-7Q",
                },
            )
        ),
        "a raw cell": write_notebook(text(f"model: {_MODELS}", kind="raw")),
        "versions in Markdown": write_notebook(text(_VERSIONS)),
        "models in widgets": write_notebook(metadata=save_widgets(*widgets)),
        "machines in widgets": write_notebook(
            metadata=save_widgets(
                *(ipywidgets.Label(value=name) for name in _MACHINES.split())
            )
        ),
    }
