package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.grantmanagement.Database;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which notices are due. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpiryNoticesTest {
  private static final long DAY = ExpiryNotices.DAY;

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

  private static Issued issue(Sandbox sandbox, String software, int days) {
    Order model = Sandbox.order("o", software, Use.TRANSPORT);
    return sandbox.issue(
        new Order(
            "o",
            software,
            Use.TRANSPORT,
            model.subject(),
            List.of(),
            List.of(),
            Duration.ofDays(days),
            "alice"),
        Requests.fresh());
  }

  private static List<String> claim(Sandbox sandbox, int days, long daysLater) {
    long now = System.currentTimeMillis() + daysLater * DAY;
    return sandbox.notices(table -> table.claim(days, now, now + 30 * DAY, 100)).stream()
        .map(row -> row.serial)
        .toList();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void eachNoticeIsDueOnce(Database database) {
    Sandbox sandbox = Sandbox.in(database);
    Issued soon = issue(sandbox, "soon", 20);
    Issued later = issue(sandbox, "later", 50);

    assertThat(claim(sandbox, 7, 0)).isEmpty();
    assertThat(claim(sandbox, 30, 0)).containsExactly(soon.serial());
    assertThat(claim(sandbox, 30, 0)).isEmpty();
    assertThat(claim(sandbox, 7, 15)).containsExactly(soon.serial());
    assertThat(claim(sandbox, 30, 15)).as("less than what was told").isEmpty();
    assertThat(claim(sandbox, 1, 25)).as("it has ended").isEmpty();
    assertThat(claim(sandbox, 30, 25)).containsExactly(later.serial());
  }

  @Test
  void nobodyIsToldOfWhatIsRevokedOrReplaced() {
    Sandbox sandbox = Sandbox.in(databases.get(0));
    sandbox.revoke(issue(sandbox, "revoked", 20), Reason.SUPERSEDED);
    issue(sandbox, "replaced", 20);
    issue(sandbox, "replaced", 300);
    Issued kept = issue(sandbox, "kept", 20);
    sandbox.revoke(issue(sandbox, "kept", 300), Reason.KEY_COMPROMISE);

    assertThat(claim(sandbox, 30, 0)).containsExactly(kept.serial());
  }

  @Test
  void theyAreReadInPages() {
    Sandbox sandbox = Sandbox.in(databases.get(0));
    for (int i = 0; i < 5; i++) {
      issue(sandbox, "s" + i, 20 + i);
    }
    long now = System.currentTimeMillis();

    assertThat(page(sandbox, now)).hasSize(2);
    assertThat(page(sandbox, now)).hasSize(2);
    assertThat(page(sandbox, now)).hasSize(1);
  }

  private static List<IssuedEntity> page(Sandbox sandbox, long now) {
    return sandbox.notices(table -> table.claim(30, now, now + 30 * DAY, 2));
  }

  @ParameterizedTest
  @CsvSource({"'30,7,1', 1 7 30", "' 60 14 ', 14 60", "'5,5', 5", ", 1 7 30"})
  void theDaysCanBeSet(String attribute, String days) {
    assertThat(ExpiryNotices.days(attribute))
        .isEqualTo(List.of(days.split(" ")).stream().map(Integer::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "0", "-1", "99999999999", "4000", "1 2 3 4 5 6 7 8 9 10 11"})
  void daysThatMakeNoSenseAreNotUsed(String attribute) {
    assertThat(ExpiryNotices.days(attribute)).containsExactly(1, 7, 30);
  }
}
