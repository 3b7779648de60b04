"""A small Lambda runtime for tests: speaks the Runtime API with the standard library only and does what the event asks."""
import http.client
import json
import os
import socket
import subprocess
import sys
import time

address, slash, path = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
ROOT = slash + path + "/2018-06-01/runtime"
api = http.client.HTTPConnection(address)


def call(method, path, body=None, headers=None):
    api.request(method, ROOT + path, body=body, headers=headers or {})
    response = api.getresponse()
    return response, response.read()


def handle(event, context):
    match isinstance(event, dict) and event.get("do"):
        case "environment":
            return dict(os.environ)
        case "context":
            return context
        case "log":
            print(event["text"], flush=True)
            print("on stderr", file=sys.stderr, flush=True)
            return None
        case "raise":
            raise ValueError(event["text"])
        case "exit":
            os._exit(event["status"])
        case "sleep":
            time.sleep(event["seconds"])
            return "slept"
        case "wait":
            try:
                socket.create_connection(("127.0.0.1", event["port"])).recv(1)
            except ConnectionError:
                pass  # nobody listens any longer
            return "waited"
        case "big":
            return "x" * event["bytes"]
        case "spawn":
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            return child.pid
        case "wrong-id":
            response, body = call("POST", "/invocation/not-an-id/response", b"{}")
            return {"status": response.status, "body": json.loads(body)}
        case "pid":
            return os.getpid()
        case _:
            return event


match os.environ.get("INIT"):
    case "error":
        call("POST", "/init/error", json.dumps({"errorType": "Broken.Init", "errorMessage": "no settings"}),
             {"Lambda-Runtime-Function-Error-Type": "Broken.Init"})
        sys.exit(1)
    case "exit":
        print("dying at start", file=sys.stderr, flush=True)
        sys.exit(3)
    case "hang":
        time.sleep(600)

print("ready", flush=True)
while True:
    response, body = call("GET", "/invocation/next")
    request_id = response.headers["Lambda-Runtime-Aws-Request-Id"]
    try:
        context = {name: value for name, value in response.headers.items() if name.startswith("Lambda-Runtime-")}
        result = handle(json.loads(body), context)
        answer, text = call("POST", f"/invocation/{request_id}/response", json.dumps(result))
        print(f"answered {answer.status} {text.decode()}", flush=True)
    except Exception as error:
        call("POST", f"/invocation/{request_id}/error",
             json.dumps({"errorType": type(error).__name__, "errorMessage": str(error), "stackTrace": []}),
             {"Lambda-Runtime-Function-Error-Type": type(error).__name__})
