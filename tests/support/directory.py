"""A real LDAP server in this process (ldaptor), with people and units of a small company."""

import contextlib
import datetime as dt
import ipaddress
import threading
from io import BytesIO

LDIF = b"""\
dn: dc=example,dc=com
objectClass: domain
dc: example

dn: cn=reader,dc=example,dc=com
objectClass: applicationProcess
cn: reader
userPassword: reader s3cret

dn: ou=people,dc=example,dc=com
objectClass: organizationalUnit
ou: people

dn: uid=zhangsan,ou=people,dc=example,dc=com
objectClass: person
objectClass: inetOrgPerson
uid: zhangsan
cn:: 5byg5LiJ
sn: Zhang
mail: zhang@example.com
ou:: 5Y2O5Lic
userPassword: zhang s3cret

dn: uid=lisi,ou=people,dc=example,dc=com
objectClass: person
objectClass: inetOrgPerson
uid: lisi
cn:: 5p2O5Zub
sn: Li
mail: li@example.com
ou:: 5Y2O5YyX
userPassword: li s3cret

"""


def start_reactor():
    """Run Twisted's loop in a thread of its own, once per process."""
    from twisted.internet import reactor

    if not reactor.running:
        ready = threading.Event()
        reactor.callWhenRunning(ready.set)
        run = {"installSignalHandlers": False}
        threading.Thread(target=reactor.run, kwargs=run, daemon=True).start()
        ready.wait(20)
    return reactor


def in_reactor(work):
    from twisted.internet import reactor, threads

    return threads.blockingCallFromThread(reactor, work)


@contextlib.contextmanager
def ldap_server(folder, *, secure=False):
    """Serve the directory on loopback; gives its port and, where secure, its authority (PEM)."""
    from ldaptor.inmemory import fromLDIFFile
    from ldaptor.interfaces import IConnectedLDAPEntry
    from ldaptor.protocols import pureldap
    from ldaptor.protocols.ldap.ldapserver import LDAPServer
    from twisted.internet import ssl
    from twisted.internet.protocol import ServerFactory
    from twisted.python.components import registerAdapter

    class WithStartTls(LDAPServer):
        def extendedRequest_StartTLS(self, _data, reply):  # noqa: N802 -- found by its name
            reply(pureldap.LDAPStartTLSResponse(resultCode=0))
            self.transport.startTLS(self.factory.options)

        extendedRequest_StartTLS.oid = pureldap.LDAPStartTLSRequest.oid

    class Directory(ServerFactory):
        protocol = WithStartTls

        def __init__(self, root):
            self.root = root

    start_reactor()
    root = in_reactor(lambda: fromLDIFFile(BytesIO(LDIF)))
    with contextlib.suppress(ValueError):  # registered by an earlier test
        registerAdapter(lambda factory: factory.root, Directory, IConnectedLDAPEntry)
    factory = Directory(root)
    key, certificate, pem = own_certificate(folder)
    context = ssl.DefaultOpenSSLContextFactory(str(key), str(certificate))
    factory.options = context

    def listen():
        from twisted.internet import reactor

        if secure:
            return reactor.listenSSL(0, factory, context, interface="127.0.0.1")
        return reactor.listenTCP(0, factory, interface="127.0.0.1")

    port = in_reactor(listen)
    try:
        yield port.getHost().port, pem
    finally:
        in_reactor(port.stopListening)


def own_certificate(folder):
    """Make a key and a certificate for localhost that is its own authority."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    key_file, certificate_file = folder / "key.pem", folder / "certificate.pem"
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    certificate_file.write_bytes(pem)
    return key_file, certificate_file, pem.decode()
