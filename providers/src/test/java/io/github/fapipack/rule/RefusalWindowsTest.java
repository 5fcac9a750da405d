package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.rule.RefusedRequest.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;

/** How many rows are stored, whoever fails however often. */
class RefusalWindowsTest {
  private static final int MANY = 5000;
  private static final Sender CLIENT = new Sender("bank", true, null);

  private final RefusalWindows windows = new RefusalWindows();

  @Test
  void givesARowToEachRequestOfAClientUpToALimit() {
    List<Event> stored = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stored.addAll(windows.due(request(CLIENT, "token", "id-" + i)));
    }
    assertThat(stored).hasSize(RefusalWindows.ROWS + 1);

    stored.addAll(windows.due(EventWindow.MILLIS + 2));
    assertThat(stored.stream().mapToInt(RefusalWindowsTest::count).sum()).isEqualTo(100);
    assertThat(stored).hasSize(RefusalWindows.ROWS + 2);
    assertThat(stored.get(stored.size() - 1).getDetails().get(RefusalLog.IDS).split(" "))
        .hasSize(EventWindow.MOST_IDS)
        .endsWith("id-99");
    assertThat(windows.due(request(CLIENT, "token", "next", EventWindow.MILLIS + 3))).hasSize(1);
  }

  @Test
  void countsStrangersTogetherAndShowsWhatIsNotStoredYet() {
    List<Event> stored = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      stored.addAll(
          windows.due(request(new Sender(null, false, "nobody " + i), "token", "id-" + i)));
    }
    assertThat(stored).hasSize(1);
    assertThat(windows.pending("other")).isEmpty();
    assertThat(windows.pending("realm"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(count(event)).isEqualTo(MANY - 1);
              assertThat(event.getDetails()).containsEntry(RefusalLog.NAMED, "nobody 4999");
              assertThat(event.getDetails().get(RefusalLog.IDS)).endsWith("id-4999");
            });
    assertThat(windows.due(EventWindow.MILLIS + 2)).hasSize(1);
    assertThat(windows.pending("realm")).isEmpty();
  }

  @Test
  void tellsFewKindsOfStrangersApart() {
    List<Event> stored = new ArrayList<>();
    IntStream.range(0, MANY)
        .forEach(
            i ->
                stored.addAll(
                    windows.due(
                        request(new Sender("client " + i, false, null), "place " + i, "id"))));
    stored.addAll(windows.due(EventWindow.MILLIS + 2));

    assertThat(stored).hasSize(RefusalWindows.STRANGERS + 2);
    assertThat(stored.stream().mapToInt(RefusalWindowsTest::count).sum()).isEqualTo(MANY);
    assertThat(stored.get(stored.size() - 1))
        .satisfies(
            rest -> {
              assertThat(rest.getClientId()).isNull();
              assertThat(rest.getIpAddress()).isNull();
              assertThat(rest.getDetails()).containsEntry(RefusalLog.REASON, "other");
            });
  }

  @Test
  void leavesRoomForClientsWhateverStrangersDo() {
    IntStream.range(0, MANY)
        .forEach(i -> windows.due(request(new Sender("x" + i, false, null), "p" + i, "id")));

    assertThat(windows.due(request(CLIENT, "token", "own")))
        .singleElement()
        .satisfies(event -> assertThat(event.getClientId()).isEqualTo("bank"));
  }

  private static int count(Event event) {
    return Integer.parseInt(event.getDetails().get(RefusalLog.COUNT));
  }

  private static RefusedRequest request(Sender sender, String endpoint, String id) {
    return request(sender, endpoint, id, 1);
  }

  private static RefusedRequest request(Sender sender, String endpoint, String id, long time) {
    Objection objection =
        new Objection(
            "realm",
            "Realm",
            true,
            null,
            "invalid_grant",
            null,
            "enforce",
            "invalid_grant",
            "Code not valid",
            null,
            endpoint,
            time,
            id,
            "192.0.2.1");
    return RefusedRequest.of(sender, List.of(objection)).orElseThrow();
  }
}
