"""The inside end of the line through the gateway, as small as it can be: answers ledger.read-account.

    python3 inside-end.py amqp://connector:PASSWORD@broker:5672/core KEYS_DIRECTORY ACCOUNTS.json

KEYS_DIRECTORY holds accounting.private.pem, portal.public.pem and gateway.public.pem; ACCOUNTS.json the answers, by
account id. Needs pika and cryptography (Debian: python3-pika, python3-cryptography). ../gateway-protocol.md says why
each line is there. What a real end has besides: commands, events, its own inbox, and reconnecting.
"""
import base64, hashlib, json, os, struct, sys, uuid
from datetime import datetime, timedelta, timezone

import pika
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization


class NotBelieved(Exception):
    pass


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64(data) != text:  # only one spelling is taken
        raise NotBelieved("base64url")
    return data


def signed_bytes(context, exchange, routing_key, body):
    parts = [context.encode(), exchange.encode(), routing_key.encode(), body]
    return b"".join(struct.pack("<Q", len(part)) + part for part in parts)


def key_id(public_key):
    raw = public_key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return b64(hashlib.sha256(b'{"crv":"Ed25519","kty":"OKP","x":"%s"}' % b64(raw).encode()).digest())


def read_keys(directory):
    with open(os.path.join(directory, "accounting.private.pem"), "rb") as file:
        own = serialization.load_pem_private_key(file.read(), None)
    known = {}
    for source in ("portal", "gateway"):
        with open(os.path.join(directory, source + ".public.pem"), "rb") as file:
            key = serialization.load_pem_public_key(file.read())
        known[key_id(key)] = (source, key)
    return own, known


def strict_json(data):
    def once(pairs):
        if len({name for name, _ in pairs}) != len(pairs) or any(name == "__proto__" for name, _ in pairs):
            raise NotBelieved("a key twice")
        return dict(pairs)

    def no(text):
        raise NotBelieved("number " + text[:20])

    if len(data) > 65536:
        raise NotBelieved("size")
    return json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_float=no, parse_constant=no)


def check(known, kid, source, signature, *what):
    owner, key = known.get(kid, (None, None))
    if owner != source:
        raise NotBelieved("key of " + source)
    key.verify(unb64(signature), signed_bytes(*what))


def read(known, method, properties, body):
    """The envelope and the gateway that carried it, if the gateway let it through and the portal said it, both for this very place."""
    headers = properties.headers or {}
    record_text, hop_signature = headers["hop"].split(".")
    record_bytes = unb64(record_text)
    record = strict_json(record_bytes)
    place = (method.exchange, method.routing_key)
    check(known, record["kid"], "gateway", hop_signature, "kabinet-hop-1", *place, record_bytes)
    if record["sha256"] != b64(hashlib.sha256(body).digest()) or record["verdict"] != "passed":
        raise NotBelieved("record of another message")
    said_at = (record["exchange"], record["routingKey"])
    check(known, headers["kid"], "portal", headers["sig"], "kabinet-message-1", *said_at, body)
    query = strict_json(body)
    named = (properties.message_id, properties.correlation_id, properties.type)
    if properties.user_id != "gateway" or named != (query["id"], query["correlationid"], query["type"]):
        raise NotBelieved("properties")
    if record["exchange"] != "gw.in.q" or query["dataschema"] != "ledger.read-account/1.0":
        raise NotBelieved("not a question of ours")
    return query, record["gateway"]


def utc(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (moment.microsecond // 1000)


def answer(channel, own, query, gateway, status, data):
    now = datetime.now(timezone.utc)
    reply_id = str(uuid.uuid4())
    body = json.dumps({
        "specversion": "1.0", "id": reply_id, "source": "accounting", "type": query["type"],
        "dataschema": query["dataschema"], "time": utc(now), "expirytime": utc(now + timedelta(seconds=3)),
        "nonce": b64(os.urandom(16)), "subject": query["subject"], "correlationid": query["id"],
        "status": status, "data": data,
    }, ensure_ascii=False).encode("utf-8")
    signature = own.sign(signed_bytes("kabinet-message-1", "core.rep", gateway, body))
    channel.basic_publish("core.rep", gateway, body, mandatory=True, properties=pika.BasicProperties(
        message_id=reply_id, correlation_id=query["id"], type=query["type"], user_id="connector",
        content_type="application/json", delivery_mode=1,
        headers={"kid": key_id(own.public_key()), "sig": b64(signature)},
    ))


def main(address, keys_directory, accounts_file):
    own, known = read_keys(keys_directory)
    with open(accounts_file, encoding="utf-8") as file:
        accounts = json.load(file)

    def take(channel, method, properties, body):
        try:
            query, gateway = read(known, method, properties, body)
        except (NotBelieved, InvalidSignature, ValueError, KeyError, RecursionError) as trouble:
            print("not believed:", repr(trouble), flush=True)
            channel.basic_reject(method.delivery_tag, requeue=False)
            return
        if query["expirytime"] > utc(datetime.now(timezone.utc)):  # else nobody waits any more
            account = accounts.get(query["data"]["accountId"])
            if account is None or account["customerId"] != query["subject"]:
                answer(channel, own, query, gateway, "NOT_FOUND", {})
            else:
                answer(channel, own, query, gateway, "OK", account)
        channel.basic_ack(method.delivery_tag)

    channel = pika.BlockingConnection(pika.URLParameters(address)).channel()
    channel.basic_qos(prefetch_count=2)
    for shard in range(16):
        channel.basic_consume("core.ledger.q.%02x" % shard, take)
    print("ready", flush=True)
    channel.start_consuming()


if __name__ == "__main__":
    main(*sys.argv[1:])
