"""The function of a recording: notes each call in its log and answers as the recording's script says.

On AWS it is a Lambda function (index.handler, python3.13); started as a program it speaks the Runtime API itself.
"""
import json
import os
import urllib.request

script = json.loads(os.environ["RECORDING"])


def handler(event, context):
    records = {record["dynamodb"]["Keys"]["id"]["S"]: record["dynamodb"]["SequenceNumber"] for record in event["Records"]}
    count = (event.get("state") or {}).get("count", 0)
    final = event.get("isFinalInvokeForWindow", False)
    print("CALL " + json.dumps({
        "records": " ".join(records),
        "count": count,
        "final": final,
        "early": event.get("isWindowTerminatedEarly", False),
        "window": (event.get("window") or {}).get("start"),
    }), flush=True)
    bad = [sequence for key, sequence in records.items() if key in script.get("bad", [])]
    if (script["mode"] == "raise" and bad) or (script.get("failFinal") and final):
        raise Exception("as the recording says")
    if script["mode"] == "partial":
        return {"batchItemFailures": [{"itemIdentifier": sequence} for sequence in bad]}
    if script["mode"] == "invalid":
        return {"batchItemFailures": [{"itemIdentifier": ""}]}
    if script["mode"] == "count":
        state = {"count": count + len(records)}
        if " ".join(records) == script.get("oversizedOn"):
            state["oversized"] = "x" * (1024 * 1024 + 64)
        return {"state": state}
    return None


def serve():
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
    while True:
        with urllib.request.urlopen(api + "next") as work:
            request, event = work.headers["Lambda-Runtime-Aws-Request-Id"], json.load(work)
        try:
            kind, answer = "response", handler(event, None)
        except Exception as error:
            kind, answer = "error", {"errorMessage": str(error), "errorType": type(error).__name__}
        urllib.request.urlopen(urllib.request.Request(f"{api}{request}/{kind}", json.dumps(answer).encode(), method="POST")).close()


if __name__ == "__main__":
    serve()
