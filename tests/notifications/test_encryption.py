"""Pushes are encrypted byte for byte as the RFCs say, and tell nothing by their size."""

import http_ece  # type: ignore[import-untyped]  # the reference codec has no types
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels.webpush import encryption
from notifications.channels.webpush.encryption import Receiver
from notifications.channels.webpush.vapid import base64url, from_base64url

WATERMELON = b"When I grow up, I want to be a watermelon"
SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RECEIVER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH_SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
    "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
    "gSxsj_Qulcy4a-fN"
)


def test_the_example_of_rfc_8291_appendix_a_comes_out_byte_for_byte() -> None:
    receiver = Receiver(from_base64url(RECEIVER_PUBLIC), from_base64url(AUTH_SECRET))

    body = encryption.encrypt(
        WATERMELON,
        receiver,
        padded_to=len(WATERMELON) + 1,
        sender_key=private_key(SENDER_PRIVATE),
        salt=from_base64url(SALT),
    )

    assert base64url(body) == BODY


def test_the_example_of_rfc_8188_section_3_1_comes_out_byte_for_byte() -> None:
    text = b"I am the walrus"

    body = encryption.seal_record(
        text,
        from_base64url("yqdlZ-tYemfogSmv7Ws5PQ"),
        salt=from_base64url("I1BsxtFttlv3u_Oo94xnmw"),
        key_id=b"",
        padded_to=len(text) + 1,
    )

    assert base64url(body) == ("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg")


@given(text=st.binary(max_size=2047), auth_secret=st.binary(min_size=16, max_size=16))
def test_the_reference_codec_reads_whatever_we_encrypt(text: bytes, auth_secret: bytes) -> None:
    private = private_key(RECEIVER_PRIVATE)
    receiver = Receiver(encryption.encoded_point(private.public_key()), auth_secret)

    body = encryption.encrypt(text, receiver, padded_to=encryption.bucket_for(len(text)))

    assert reference_decrypt(body, private, auth_secret) == text


@given(text=st.binary(min_size=1, max_size=2047), salt=st.binary(min_size=16, max_size=16))
def test_we_write_the_same_bytes_as_the_reference_codec(text: bytes, salt: bytes) -> None:
    sender, secret = private_key(SENDER_PRIVATE), from_base64url(AUTH_SECRET)
    point = from_base64url(RECEIVER_PUBLIC)
    theirs = http_ece.encrypt(  # type: ignore[no-untyped-call]  # see the import
        text, salt=salt, private_key=sender, dh=point, auth_secret=secret, version="aes128gcm"
    )

    ours = encryption.encrypt(
        text,
        Receiver(point, secret),
        padded_to=len(text) + 1,
        sender_key=sender,
        salt=salt,
    )

    assert ours == theirs


def test_two_encryptions_of_one_text_share_neither_key_nor_salt() -> None:
    receiver = Receiver(from_base64url(RECEIVER_PUBLIC), from_base64url(AUTH_SECRET))

    first = encryption.encrypt(WATERMELON, receiver, padded_to=1024)
    second = encryption.encrypt(WATERMELON, receiver, padded_to=1024)

    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


@pytest.mark.parametrize(("length", "bucket"), [(0, 1024), (1, 1024), (1023, 1024), (1024, 2048), (2047, 2048)])
def test_a_text_goes_into_the_smallest_bucket_that_leaves_room_for_the_mark(length: int, bucket: int) -> None:
    assert encryption.bucket_for(length) == bucket


def test_a_text_above_the_largest_bucket_is_refused() -> None:
    with pytest.raises(encryption.PayloadTooLarge):
        encryption.bucket_for(2048)


@given(first=st.binary(max_size=1023), second=st.binary(max_size=1023))
def test_texts_of_one_bucket_have_bodies_of_one_length(first: bytes, second: bytes) -> None:
    receiver = Receiver(from_base64url(RECEIVER_PUBLIC), from_base64url(AUTH_SECRET))

    lengths = {len(encryption.encrypt(text, receiver, padded_to=1024)) for text in (first, second)}

    assert lengths == {16 + 4 + 1 + 65 + 1024 + 16}


@pytest.mark.parametrize(
    ("public_key", "auth_secret"),
    [
        (b"", bytes(16)),
        (b"\x04" + bytes(64), bytes(16)),
        (b"\x04" + b"\xff" * 64, bytes(16)),
        (from_base64url(RECEIVER_PUBLIC)[:64], bytes(16)),
        (from_base64url(RECEIVER_PUBLIC), bytes(15)),
        (from_base64url(RECEIVER_PUBLIC), bytes(17)),
    ],
    ids=["empty", "zero point", "off the curve", "short", "short secret", "long secret"],
)
def test_a_key_that_no_browser_makes_is_refused(public_key: bytes, auth_secret: bytes) -> None:
    with pytest.raises(encryption.ReceiverKeyInvalid):
        encryption.encrypt(b"text", Receiver(public_key, auth_secret), padded_to=1024)


def private_key(scalar: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(from_base64url(scalar), "big"), ec.SECP256R1())


def reference_decrypt(body: bytes, private: ec.EllipticCurvePrivateKey, auth_secret: bytes) -> bytes:
    text: bytes = http_ece.decrypt(  # type: ignore[no-untyped-call]  # see the import
        body, private_key=private, auth_secret=auth_secret, version="aes128gcm"
    )
    return text
