package io.github.fapipack.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

/** Events of this release and of the last one are read alike. */
class RefusedRowTest {

  @Test
  void readsWhatTheLastReleaseHasStored() {
    RefusedRow row =
        RefusedRow.of(
            event(
                "invalid_request",
                Map.of(
                    "fapi_rule", "fapi2-require-pkce",
                    "fapi_clause", "FAPI2-SP 5.3.2.2-5",
                    "fapi_mode", "report",
                    "fapi_endpoint", "ext/par/request",
                    "fapi_sentence",
                        "PKCE is required; send S256 (fapi2-require-pkce, FAPI2-SP 5.3.2.2-5)",
                    "fapi_count", "7")));

    assertThat(row.client()).isEqualTo("bank");
    assertThat(row.proven()).isTrue();
    assertThat(row.count()).isEqualTo(7);
    assertThat(row.interactions()).isEmpty();
    assertThat(row.wouldFail()).isTrue();
    assertThat(row.isRefused()).isFalse();
    assertThat(row.leading().seen()).isEqualTo("PKCE is required");
    assertThat(row.leading().remedy()).isEqualTo("send S256");
  }

  @Test
  void takesACorrectionForNoRefusal() {
    RefusedRow row =
        RefusedRow.of(
            event(
                "corrected", Map.of("fapi_rule", "fapi2-require-consent", "fapi_mode", "enforce")));

    assertThat(row.isCorrection()).isTrue();
    assertThat(row.isRefused() || row.wouldFail()).isFalse();
  }

  @Test
  void cutsNothingAtASemicolonThatIsNoEnd() {
    RefusedRow row =
        RefusedRow.of(
            event(
                "invalid_request",
                Map.of(
                    "fapi_rule", "fapi2-reject-repeated-parameters",
                    "fapi_mode", "enforce",
                    "fapi_sentence", "parameter a; b is repeated; send it; once",
                    "fapi_remedy", "send it; once",
                    "fapi_proven", "false",
                    "fapi_interaction_ids", "one two")));
    assertThat(row.leading().seen()).isEqualTo("parameter a; b is repeated");
    assertThat(row.leading().remedy()).isEqualTo("send it; once");
    assertThat(row.proven()).isFalse();
    assertThat(row.interactions()).isEqualTo(List.of("one", "two"));

    RefusedRow original =
        RefusedRow.of(
            event(
                "invalid_grant",
                Map.of(
                    "fapi_reason", "invalid_grant",
                    "fapi_mode", "enforce",
                    "fapi_sentence", "Code not valid; sorry",
                    "fapi_remedy", "")));
    assertThat(original.leading().seen()).isEqualTo("Code not valid; sorry");
    assertThat(original.leading().remedy()).isNull();
  }

  @Test
  void readsAllThatWasObjectedTo() {
    RefusedRow row =
        RefusedRow.of(
            event(
                "invalid_grant",
                Map.of(
                    "fapi_reason", "invalid_grant",
                    "fapi_mode", "enforce",
                    "fapi_others",
                        "[{\"fapi_rule\":\"fapi2-require-pkce\",\"fapi_mode\":\"report\","
                            + "\"error\":\"invalid_request\",\"fapi_sentence\":\"no; way\","
                            + "\"fapi_remedy\":\"way\"}]")));

    assertThat(row.isRefused()).isTrue();
    assertThat(row.wouldFail()).isTrue();
    assertThat(row.faults()).hasSize(2);
    assertThat(row.faults().get(1).seen()).isEqualTo("no");
    ClientRefusals tally = new ClientRefusals();
    tally.add(row);
    tally.add(row);
    assertThat(tally.refused()).isEqualTo(2);
    assertThat(tally.wouldFail()).isEqualTo(2);
    assertThat(tally.tallies()).extracting(ClientRefusals.Tally::count).containsExactly(2L, 2L);
  }

  private static Event event(String error, Map<String, String> details) {
    Event event = new Event();
    event.setId("id");
    event.setTime(1);
    event.setType(EventType.CLIENT_INFO_ERROR);
    event.setClientId("bank");
    event.setError(error);
    event.setDetails(details);
    return event;
  }
}
