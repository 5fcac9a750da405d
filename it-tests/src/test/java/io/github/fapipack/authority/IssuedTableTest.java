package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.grantmanagement.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of issued certificates in the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuedTableTest {
  private List<Database> databases;

  @BeforeAll
  void start() {
    databases = List.of(Database.h2(), Database.postgres());
  }

  @AfterAll
  void stop() {
    databases.forEach(Database::close);
  }

  List<Database> databases() {
    return databases;
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void theListIsSearched(Database database) {
    Sandbox sandbox = Sandbox.in(database);
    Issued one = sandbox.issue("o", "one");
    Issued two = sandbox.issue(Sandbox.order("o", "two", Use.SIGNING), Requests.fresh());
    Issued three = sandbox.issue("p", "100%");
    sandbox.revoke(two, Reason.PRIVILEGE_WITHDRAWN);

    assertThat(found(sandbox, "o", null, null, null))
        .containsExactlyInAnyOrder(one.serial(), two.serial());
    assertThat(found(sandbox, null, Use.SIGNING, null, null)).containsExactly(two.serial());
    assertThat(found(sandbox, null, null, true, null)).containsExactly(two.serial());
    assertThat(found(sandbox, null, null, false, "ALICE")).hasSize(2);
    assertThat(found(sandbox, null, null, null, "cn=Two")).containsExactly(two.serial());
    assertThat(found(sandbox, null, null, null, "%")).containsExactly(three.serial());
    assertThat(found(sandbox, null, null, null, one.serial().substring(5, 30)))
        .containsExactly(one.serial());
    assertThat(found(sandbox, null, null, null, "' or 1=1 --")).isEmpty();
    assertThat(sandbox.search(new Search(null, null, null, null, null), 1, 1)).hasSize(1);
  }

  private static List<String> found(
      Sandbox sandbox, String organisation, Use use, Boolean revoked, String text) {
    Search search = new Search(organisation, null, use, revoked, text);
    List<String> serials = sandbox.search(search, 0, 100).stream().map(Issued::serial).toList();
    assertThat(sandbox.count(search)).isEqualTo(serials.size());
    return serials;
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void aRevocationIsFinal(Database database) {
    Sandbox sandbox = Sandbox.in(database);
    Issued issued = sandbox.issue("o", "s");
    Issued other = sandbox.issue("p", "t");

    sandbox.revoke(issued, Reason.KEY_COMPROMISE);
    Issued revoked = sandbox.entry(issued);
    sandbox.revoke(issued, Reason.SUPERSEDED);
    int all =
        sandbox.with(
            table ->
                table.revokeAll(
                    "o", null, Reason.CESSATION_OF_OPERATION, "x", System.currentTimeMillis()));

    assertThat(all).isZero();
    assertThat(sandbox.entry(issued)).isEqualTo(revoked);
    assertThat(revoked.reason()).isEqualTo(Reason.KEY_COMPROMISE);
    assertThat(revoked.revokedBy()).isEqualTo("bob");
    assertThat(revoked.revokedAt()).isCloseTo(Instant.now(), within());
    assertThat(sandbox.entry(other).revokedAt()).isNull();
  }

  private static org.assertj.core.data.TemporalUnitOffset within() {
    return org.assertj.core.api.Assertions.within(1, ChronoUnit.MINUTES);
  }
}
