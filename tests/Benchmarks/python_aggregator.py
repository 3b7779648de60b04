"""The yardstick: what an aggregator in Python does at least. Parses the event given as a file, groups its records by customer, writes the groups."""
import json
import sys
import time


def aggregate(event: bytes) -> int:
    conversations = {}
    for record in json.loads(event)["Records"]:
        image = record["dynamodb"]["NewImage"]
        conversations.setdefault(image["from"]["S"], []).append(image)
    return sum(len(json.dumps({"messages": messages})) for messages in conversations.values())


with open(sys.argv[1], "rb") as file:
    event = file.read()
seconds = float(sys.argv[2])
rounds = 0
start = time.perf_counter()
while (elapsed := time.perf_counter() - start) < seconds:
    aggregate(event)
    rounds += 1
print(rounds / elapsed)
