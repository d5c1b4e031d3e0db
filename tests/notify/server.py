"""Group robots and a mail server on the loopback: checks signatures, writes what comes as JSON lines."""
import base64, hashlib, hmac, http.server, json, socketserver, sys, threading, time, urllib.parse

SECRET = "SEC0123456789abcdef"
log = open("got.jsonl", "a", encoding="utf-8")
refused = {"n": 0}


def tell(**what):
    log.write(json.dumps(what, ensure_ascii=False) + "\n")
    log.flush()


def sign(key, message):
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


class Robot(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        body = json.loads(raw)
        url = urllib.parse.urlparse(self.path)
        query = urllib.parse.parse_qs(url.query)
        kind, answer, status = url.path.strip("/"), {"errcode": 0}, 200
        good = True
        if kind == "dingtalk":
            stamp = query["timestamp"][0]
            good = query["sign"][0] == sign(SECRET, f"{stamp}\n{SECRET}") and abs(int(stamp) / 1000 - time.time()) < 60
        if kind == "feishu":
            good = body["sign"] == sign(f"{body['timestamp']}\n{SECRET}", "")
            answer = {"code": 0}
        if kind == "flaky" and refused["n"] == 0:
            refused["n"], status = 1, 503
        tell(kind=kind, signed=good, bytes=len(raw), body=body, status=status)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass


class Mail(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 test\r\n")
        data, to = None, []
        for line in self.rfile:
            line = line.rstrip(b"\r\n")
            if data is not None:
                if line == b".":
                    head, _, text = b"\n".join(data).partition(b"\n\n")
                    tell(kind="mail", to=to, head=head.decode(), text=base64.b64decode(text).decode())
                    data = None
                    self.wfile.write(b"250 ok\r\n")
                else:
                    data.append(line)
                continue
            word = line[:4].upper()
            if word == b"RCPT":
                to.append(line.decode())
            if word == b"DATA":
                data = []
                self.wfile.write(b"354 go\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Robot)
mail = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail)
threading.Thread(target=mail.serve_forever, daemon=True).start()
with open("ports.tmp", "w") as f:
    f.write(f"{web.server_port} {mail.server_address[1]}\n")
import os
os.rename("ports.tmp", "ports")
web.serve_forever()
