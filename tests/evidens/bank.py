"""A little StatBank on loopback that replays answers and every fault."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CODES = ["810", "813", "860", "849", "825", "846", "840", "820", "851"]
QUARTERS = ["2020K1", "2020K2", "2020K3", "2021K1", "2021K2", "2021K3"]
ALL = {"OMRÅDE": CODES, "OVERTRÆD": ["1320"], "Tid": QUARTERS}
INFO = {
    "id": "STRAF11",
    "text": "Anmeldte forbrydelser",
    "unit": "Antal",
    "updated": "2026-07-16T08:00:00",
    "suppressedDataValue": "0",
    "contacts": [{"name": "En Embedsmand", "mail": "x@dst.example"}],
    "footnote": None,
    "variables": [
        {
            "id": "OMRÅDE",
            "text": "område",
            "elimination": True,
            "time": False,
            "values": [{"id": c, "text": c} for c in CODES],
        },
        {
            "id": "OVERTRÆD",
            "text": "art",
            "elimination": True,
            "time": False,
            "values": [{"id": c, "text": c} for c in ("1252", "1255", "1320")],
        },
        {
            "id": "Tid",
            "text": "tid",
            "elimination": False,
            "time": True,
            "values": [{"id": q, "text": q} for q in QUARTERS],
        },
    ],
}


class Server:
    """A little StatBank: `faults` are played one per data request, in order; then it answers rightly."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.info: dict[str, Any] = INFO
        self.answers: dict[str, bytes] = {}
        self.counts = {
            (c, o, q): (n + 3 * k) % 7
            for n, c in enumerate(CODES)
            for k, q in enumerate(QUARTERS)
            for o in ("1252", "1255", "1320")
        }
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                what = self.path.rsplit("/", 1)[-1]
                outer.asked.append((what, question))
                outer.reply(self, what, question)

            def log_message(self, *_: Any) -> None: ...

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}/v1"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def reply(self, handler: BaseHTTPRequestHandler, what: str, question: dict[str, Any]) -> None:
        if what in self.answers:
            return self.send(handler, 200, "application/json", self.answers[what])
        if what == "tableinfo":
            return self.send(handler, 200, "application/json", json.dumps(self.info).encode())
        fault = self.faults.pop(0) if self.faults else ""
        body = self.body(question)
        if fault == "503":
            return self.send(handler, 503, "text/html", b"<html><title>503</title></html>")
        if fault == "html":
            return self.send(handler, 200, "text/html", b"<!DOCTYPE html><html><title>Fejl</title></html>")
        if fault.startswith("{"):
            return self.send(handler, 400, "application/json", fault.encode())
        if fault == "cut":
            return self.send(handler, 200, "text/csv", body[: len(body) // 2])
        if fault == "cut at a line":
            return self.send(handler, 200, "text/csv", b"".join(body.splitlines(keepends=True)[:-3]))
        if fault == "broken connection":
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body[:20])
            handler.close_connection = True
            return None
        if fault == "slow":
            time.sleep(0.6)
        return self.send(handler, 200, "text/csv; charset=utf-8", body)

    def body(self, question: dict[str, Any]) -> bytes:
        chosen = {v["code"]: v["values"] for v in question["variables"]}
        bulk = question["format"] == "BULK"
        lines = ["OMRÅDE;OVERTRÆD;TID;INDHOLD"]
        for c in chosen["OMRÅDE"]:
            for o in chosen["OVERTRÆD"]:
                lines += [
                    f"{c};{o};{q};{self.counts[c, o, q]}"
                    for q in chosen["Tid"]
                    if not bulk or self.counts[c, o, q]
                ]
        return ("" if bulk else "\ufeff").encode() + "".join(line + "\r\n" for line in lines).encode()

    @staticmethod
    def send(handler: BaseHTTPRequestHandler, status: int, sort: str, body: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", sort)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
