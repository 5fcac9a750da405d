package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.approval.GrantAction;
import io.github.fapipack.consent.ApprovalCheck.Fault;
import io.github.fapipack.consent.ApprovalCheck.Unapprovable;
import io.github.fapipack.rar.ShippedTypesForTests;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.common.util.Time;

/** However a user is asked, she approves nothing that is not hers or was not asked for. */
class ApprovalCheckTest {
  private static final String OPEN = "{'type':'account_information','actions':['list_accounts']}";
  private static final String BOTH = accounts("'A','B'");
  private static final String FIRST = accounts("'A'");
  private static final String SECOND = accounts("'B'");
  private static final String FOREIGN = accounts("'X'");
  private static final String MIXED = accounts("'A','X'");
  private static final String PAYMENT = payment("10.00", "");
  private static final String SMALLER = payment("9.00", "");
  private static final String FROM_OWN = payment("10.00", ",'debtorAccount':{'iban':'A'}");
  private static final String FROM_FOREIGN = payment("10.00", ",'debtorAccount':{'iban':'X'}");

  private final ApprovalCheck check =
      new ApprovalCheck(
          ShippedTypesForTests.all(), lifetimes(), UserWith.attribute("accounts", "A", "B", "C"));

  private static Map<String, Long> lifetimes() {
    Map<String, Long> lifetimes = new LinkedHashMap<>();
    lifetimes.put("P90D", 90L);
    lifetimes.put("P1D", 1L);
    return lifetimes;
  }

  private static String accounts(String list) {
    return OPEN.replace("}", ",'accounts':[" + list + "]}");
  }

  private static String payment(String amount, String more) {
    return "{'type':'payment_initiation','instructedAmount':{'currency':'EUR','amount':'%s'}%s}"
        .formatted(amount, more);
  }

  private static List<ObjectNode> list(String... objects) {
    return AuthorizationDetails.parse("[" + String.join(",", objects).replace('\'', '"') + "]");
  }

  private Approval approve(List<ObjectNode> asked, List<ObjectNode> approved, String lifetime)
      throws Unapprovable {
    return check.approve(new ConsentRequest(asked, null, null, null), approved, lifetime);
  }

  private void refuses(Fault fault, List<ObjectNode> asked, List<ObjectNode> approved) {
    assertThatThrownBy(() -> approve(asked, approved, null))
        .isInstanceOfSatisfying(
            Unapprovable.class, refused -> assertThat(refused.fault()).isEqualTo(fault));
  }

  private void accepts(List<ObjectNode> asked, List<ObjectNode> approved) throws Unapprovable {
    assertThat(approve(asked, approved, null).authorizationDetails()).isEqualTo(approved);
  }

  @Test
  void whatHappensOnceEndsADayLaterWhateverLifetimeIsSaid() throws Unapprovable {
    long now = Time.currentTimeSeconds();
    for (String lifetime : new String[] {null, "P90D"}) {
      Approval approval = approve(list(FROM_OWN), list(FROM_OWN), lifetime);
      assertThat(approval.expiresAt() - now).isBetween(86_399L, 86_410L);
    }
    // Beside something that lasts it is part of that.
    assertThat(approve(list(PAYMENT, FIRST), list(FROM_OWN, FIRST), "P1D").expiresAt())
        .isEqualTo(1L);
  }

  @Test
  void aMergedPaymentDoesNotEndTheGrant() throws Unapprovable {
    Approval approval =
        check.approve(
            new ConsentRequest(list(FROM_OWN), GrantAction.MERGE, "g", null),
            list(FROM_OWN),
            "P90D");

    assertThat(approval.expiresAt()).isEqualTo(90L);
  }

  @Test
  void nothingLastsLongerThanWhatIsAskedFor() throws Unapprovable {
    String brief =
        FIRST.replace("}", ",'validTo':'" + LocalDate.now(ZoneOffset.UTC).plusDays(3) + "'}");
    ApprovalCheck late =
        new ApprovalCheck(
            ShippedTypesForTests.all(),
            Map.of("P90D", Time.currentTimeSeconds() + 90 * 86_400L),
            UserWith.attribute("accounts", "A"));

    long end =
        late.approve(new ConsentRequest(list(brief), null, null, null), list(brief), "P90D")
            .expiresAt();

    assertThat(end - Time.currentTimeSeconds()).isBetween(2 * 86_400L, 5 * 86_400L);
  }

  @Test
  void sheApprovesWhatIsHers() throws Unapprovable {
    accepts(list(OPEN), list(FIRST));
    accepts(list(OPEN), list(OPEN));
    accepts(list(BOTH), list(BOTH));
    accepts(list(BOTH), list(SECOND));
    accepts(list(MIXED), list(FIRST));
    accepts(list(PAYMENT), list(FROM_OWN));
    accepts(list(), list());
  }

  @Test
  void sheApprovesNothingOfOthers() {
    refuses(Fault.CHOICE, list(FOREIGN), list(FOREIGN));
    refuses(Fault.CHOICE, list(MIXED), list(MIXED));
    refuses(Fault.CHOICE, list(OPEN), list(FOREIGN));
    refuses(Fault.CHOICE, list(FIRST), list(SECOND));
    refuses(Fault.CHOICE, list(FROM_FOREIGN), list(FROM_FOREIGN));
    refuses(Fault.CHOICE, list(FIRST, SECOND), list(FIRST, FOREIGN));
    refuses(Fault.DETAILS, list(FIRST), list(OPEN));
    refuses(Fault.DETAILS, list(OPEN), list(accounts("'A','A'")));
    refuses(Fault.DETAILS, list(OPEN), list(accounts("1")));
    refuses(
        Fault.DETAILS, list(PAYMENT), list(payment("10.00", ",'debtorAccount':{'iban':['A']}")));
  }

  @Test
  void whatCannotBeDividedStaysWhole() throws Unapprovable {
    refuses(Fault.DETAILS, list(PAYMENT, PAYMENT), list(PAYMENT));
    refuses(Fault.DETAILS, list(PAYMENT), list(SMALLER));
    refuses(Fault.DETAILS, list(PAYMENT), list());
    refuses(Fault.DETAILS, list(PAYMENT, FIRST), list(FIRST));
    refuses(Fault.DETAILS, list(FIRST), list());
    accepts(list(PAYMENT, FIRST), list(PAYMENT));
    accepts(list(FIRST, SECOND), list(SECOND));
    accepts(list(FIRST, SECOND), list(FIRST));
  }

  @Test
  void nothingIsAdded() {
    refuses(Fault.DETAILS, list(), list(FIRST));
    refuses(Fault.DETAILS, list(FIRST), list(FIRST, FIRST));
    refuses(Fault.DETAILS, list(PAYMENT), list(PAYMENT, PAYMENT));
    refuses(Fault.DETAILS, list(PAYMENT), list("{'type':'unheard_of'}"));
    refuses(Fault.DETAILS, list("{'type':'unheard_of'}"), list("{'type':'unheard_of'}"));
  }

  @ParameterizedTest
  @CsvSource({",90", "P1D,1", "P90D,90"})
  void aGrantLivesAsLongAsIsOffered(String lifetime, long end) throws Unapprovable {
    assertThat(approve(list(FIRST), list(FIRST), lifetime).expiresAt()).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({"P10Y", "''", "p1d", "P1D P90D"})
  void noOtherLifetimeIsTaken(String lifetime) {
    assertThatThrownBy(() -> approve(list(FIRST), list(FIRST), lifetime))
        .isInstanceOfSatisfying(
            Unapprovable.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.LIFETIME));
  }
}
