package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.approval.GrantAction;
import io.github.fapipack.rar.AuthorizationDetailsType;
import io.github.fapipack.rar.ShippedTypesForTests;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Nothing that comes from a browser approves more than was asked. */
class ConsentFormTest {
  private static final AuthorizationDetailsType ACCOUNTS =
      ShippedTypesForTests.type("account_information");
  private static final ObjectNode DETAIL =
      AuthorizationDetails.parse(
              "[{\"type\":\"account_information\",\"actions\":[\"list_accounts\"]}]")
          .get(0);
  private static final ConsentRequest REQUEST =
      new ConsentRequest(List.of(DETAIL, DETAIL), GrantAction.CREATE, null, null);
  private static final List<Item> ITEMS =
      List.of(
          new Item(0, DETAIL, ACCOUNTS, true, List.of("A", "B")),
          new Item(1, DETAIL, ACCOUNTS, true, List.of("A", "B")));
  private static final ApprovalCheck CHECK =
      new ApprovalCheck(
          ShippedTypesForTests.all(),
          Map.of("P1D", 1L, "P90D", 90L),
          UserWith.attribute("accounts", "A", "B"));

  private static MultivaluedMap<String, String> form(String... fields) {
    MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      form.add(fields[i], fields[i + 1]);
    }
    return form;
  }

  private static Approval read(String... fields) throws ConsentForm.Problem {
    return new ConsentForm(form(fields)).approval(new Question(REQUEST, ITEMS, null), CHECK);
  }

  @Test
  void approvesWhatIsTicked() throws ConsentForm.Problem {
    Approval approval = read("accept", "yes", "item-1", "yes", "choice-1", "B", "lifetime", "P1D");

    assertThat(approval.authorizationDetails()).hasSize(1);
    assertThat(approval.authorizationDetails().get(0).at("/accounts").toString())
        .isEqualTo("[\"B\"]");
    assertThat(approval.expiresAt()).isEqualTo(1L);
    assertThat(approval.action()).isEqualTo(GrantAction.CREATE);
  }

  @Test
  void rejectsWhatWasNotOffered() {
    for (String[] fields :
        List.of(
            new String[] {"item-1", "yes", "choice-1", "B", "lifetime", "P1D"},
            new String[] {"accept", "yes", "item-1", "yes", "lifetime", "P1D"},
            new String[] {"accept", "", "item-1", "yes", "choice-1", "C", "lifetime", "P1D"},
            new String[] {
              "accept", "", "item-0", "", "choice-0", "A", "choice-0", "C", "lifetime", "P1D"
            },
            new String[] {"accept", "yes", "item-1", "yes", "choice-1", "B", "lifetime", "P2D"},
            new String[] {"accept", "yes", "item-1", "yes", "choice-1", "B"},
            new String[] {
              "accept", "", "item-1", "", "choice-1", "B", "lifetime", "P1D", "lifetime", "P90D"
            })) {
      assertThatThrownBy(() -> read(fields)).isInstanceOf(ConsentForm.Problem.class);
    }
  }

  @Property(tries = 500)
  void takesAnyGarbage(@ForAll List<String> names, @ForAll List<String> values) {
    List<String> fields = new ArrayList<>(List.of("accept", "", "lifetime", "P1D"));
    for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
      fields.addAll(List.of(names.get(i), values.get(i)));
    }
    try {
      assertThat(read(fields.toArray(String[]::new)).authorizationDetails()).isEmpty();
    } catch (ConsentForm.Problem expected) {
      assertThat(expected).hasMessageStartingWith("fapi.consent.problem.");
    }
  }
}
