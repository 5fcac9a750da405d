package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.Event;

/** What is kept of events that strangers cause, and under which of few names. */
class EventWindowTest {
  private static final int MANY = 3000;

  private final EventWindow window = new EventWindow(10);

  @Test
  void storesTheFirstAtOnceAndTheOthersOfAMinuteAsOne() {
    assertThat(window.due("kind", "rest", event(1))).hasSize(1);
    for (int i = 0; i < MANY; i++) {
      assertThat(window.due("kind", "rest", event(2))).isEmpty();
    }

    assertThat(window.due(3)).isEmpty();
    List<Event> due = window.due(EventWindow.MILLIS + 1);
    assertThat(due).hasSize(1);
    assertThat(due.get(0).getDetails()).containsEntry(EventWindow.COUNT, String.valueOf(MANY));
    assertThat(window.due(10 * EventWindow.MILLIS)).isEmpty();
  }

  @Test
  void storesWhatWasCountedBeforeTheNextOneOfItsKind() {
    window.due("kind", "rest", event(1));
    window.due("kind", "rest", event(2));

    List<Event> due = window.due("kind", "rest", event(EventWindow.MILLIS + 1));

    assertThat(due).extracting(Event::getTime).containsExactly(2L, EventWindow.MILLIS + 1);
  }

  @Test
  void countsKindsThatAreTooManyAsOne() {
    long stored =
        IntStream.range(0, MANY)
            .mapToLong(i -> window.due("kind " + i, "rest", event(1)).size())
            .sum();

    assertThat(stored).isEqualTo(11);
    assertThat(window.due(EventWindow.MILLIS + 1))
        .singleElement()
        .extracting(event -> event.getDetails().get(EventWindow.COUNT))
        .isEqualTo(String.valueOf(MANY - 11));
  }

  @Test
  void knowsFewPaths() {
    assertThat(
            IntStream.range(0, MANY)
                .mapToObj(i -> UUID.randomUUID() + "/" + i)
                .flatMap(
                    random ->
                        List.of("", "grants/", "protocol/openid-connect/", "account/", "users/")
                            .stream()
                            .map(place -> KnownPath.of("realms/a/" + place + random, "a")))
                .distinct())
        .containsExactlyInAnyOrder("other", "grants/{id}", "account", "users");
  }

  @ParameterizedTest
  @CsvSource({
    "realms/a/protocol/openid-connect/ext/par/request,ext/par/request",
    "/realms/a/protocol/openid-connect/token;n=1,token",
    "/realms/a/protocol/openid-connect/userinfo,userinfo",
    "/realms/a/clients-registrations/openid-connect/some-id,clients-registrations/openid-connect",
    "/realms/a/login-actions/authenticate,login-actions/authenticate",
    "/realms/a,a",
    "/admin/realms/a/users/8d1a,users",
    "/admin/realms/a/clients,clients"
  })
  void namesTheEndpointsThatThereAre(String path, String shown) {
    assertThat(KnownPath.of(path, "a")).isEqualTo(shown);
  }

  @Test
  void escapesWhatWouldForgeALine() {
    assertThat(Printable.of("a\r\n2026 \u2028INFO\u202e \0\u009b", 255))
        .isEqualTo("a\\u000d\\u000a2026 \\u2028INFO\\u202e \\u0000\\u009b");
    assertThat(Printable.of("Zoë 支付", 255)).isEqualTo("Zoë 支付");
    assertThat(Printable.of("\n".repeat(300), 255)).hasSize(255);
  }

  private static Event event(long time) {
    Event event = new Event();
    event.setTime(time);
    event.setDetails(new HashMap<>());
    return event;
  }
}
