package io.github.fapipack.authority;

import io.github.fapipack.grantmanagement.Database;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;

/** An issuing key with the list of a realm of its own, without a server. */
final class Sandbox {

  private final Database database;
  private final String realmId = UUID.randomUUID().toString();
  private final IssuingKey key;

  private Sandbox(Database database, IssuingKey key) {
    this.database = database;
    this.key = key;
    with(
        table -> {
          table.addIssuer(key.id());
          return null;
        });
  }

  static Sandbox in(Database database) {
    return new Sandbox(database, key());
  }

  static IssuingKey key() {
    SandboxHierarchy made = SandboxHierarchy.make("sandbox");
    try {
      return new IssuingKey(
          "component",
          true,
          KeyReader.privateKey(made.privateKey()),
          KeyReader.certificates(made.chain()),
          null);
    } catch (KeyFault e) {
      throw new IllegalStateException(e);
    }
  }

  IssuingKey issuer() {
    return key;
  }

  <T> T with(Function<IssuedTable, T> work) {
    return database.inTransaction(entities -> work.apply(new IssuedTable(entities, realmId)));
  }

  <T> T notices(Function<NoticeTable, T> work) {
    return database.inTransaction(entities -> work.apply(new NoticeTable(entities, realmId)));
  }

  static Order order(String organisation, String software, Use use) {
    return new Order(
        organisation,
        software,
        use,
        new X500Principal("CN=" + software + ",O=" + organisation + ",C=PT"),
        List.of("app.example"),
        List.of("urn:software:" + software),
        Duration.ofDays(365),
        "alice");
  }

  Issued issue(Order order, String request) {
    RequestedKey requested = CertificateRequest.read(request);
    Issuance issuance = new Issuance(key, new Addresses("http://pki.example/fapi-authority"));
    return with(table -> issuance.issue(table, order, requested));
  }

  Issued issue(String organisation, String software) {
    return issue(order(organisation, software, Use.TRANSPORT), Requests.fresh());
  }

  void revoke(Issued issued, Reason reason) {
    with(table -> table.revoke(issued.serial(), reason, "bob", System.currentTimeMillis()));
  }

  Issued entry(Issued issued) {
    return with(table -> table.row(issued.serial()).orElseThrow().read());
  }

  long count(Search search) {
    return with(table -> table.count(search));
  }

  List<Issued> search(Search search, int first, int max) {
    return with(table -> table.search(search, first, max));
  }

  RevocationList list() {
    return with(table -> RevocationList.renew(table, key));
  }

  static X509Certificate certificate(Issued issued) {
    try {
      return KeyReader.certificates(issued.pem()).get(0);
    } catch (KeyFault e) {
      throw new IllegalStateException(e);
    }
  }
}
