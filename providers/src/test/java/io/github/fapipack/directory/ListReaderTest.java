package io.github.fapipack.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.directory.ListReader.Unreadable;
import io.github.fapipack.ecosystem.Directory.Level;
import io.github.fapipack.ecosystem.Directory.ParticipantsList;
import io.github.fapipack.ecosystem.MemberPath;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.participants.PublishedList;
import io.github.fapipack.participants.PublishedLists;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListReaderTest {
  private static final String ONE =
      """
      {"data":[{"id":"o1","name":"First","status":"ACTIVE","brands":[
        {"status":"%s","products":[{"id":"s1","name":"Soft","status":"%s"}]}]}]}
      """;

  private static final Map<String, ParticipantState> STATES =
      Map.of(
          "ACTIVE",
          ParticipantState.ACTIVE,
          "PAUSED",
          ParticipantState.SUSPENDED,
          "REVOKED",
          ParticipantState.WITHDRAWN);

  private static ParticipantsList rules(String items) {
    return new ParticipantsList(
        "https://directory.example/participants",
        Map.of(),
        60,
        600,
        List.of(
            level(items, "/id", "/name"),
            level("/brands/*", null, null),
            level("/products/*", "/id", "/name")),
        STATES,
        ParticipantState.SUSPENDED,
        null,
        null);
  }

  private static Level level(String items, String id, String name) {
    return new Level(
        new MemberPath(items),
        id == null ? null : new MemberPath(id),
        name == null ? null : new MemberPath(name),
        new MemberPath("/status"),
        null);
  }

  private static PublishedList read(String document) throws Unreadable {
    return ListReader.read(document.getBytes(StandardCharsets.UTF_8), rules("/data/*"));
  }

  @Test
  void organisationsAndTheirSoftwareAreRead() throws Unreadable {
    PublishedList list = read(ONE.formatted("ACTIVE", "PAUSED"));

    assertThat(PublishedLists.organisation(list, "o1"))
        .isEqualTo(new PublishedList.Entry("o1", "First", ParticipantState.ACTIVE, "ACTIVE"));
    assertThat(PublishedLists.software(list, "s1"))
        .isEqualTo(new PublishedList.Entry("o1", "Soft", ParticipantState.SUSPENDED, "PAUSED"));
    assertThat(list.unreadable()).isZero();
  }

  @Test
  void theWorseOfTheLevelsBelowTheOrganisationCounts() throws Unreadable {
    PublishedList list = read(ONE.formatted("REVOKED", "PAUSED"));

    assertThat(PublishedLists.software(list, "s1").state()).isEqualTo(ParticipantState.WITHDRAWN);
    assertThat(PublishedLists.software(list, "s1").why()).isEqualTo("REVOKED");
    assertThat(PublishedLists.organisation(list, "o1").state()).isEqualTo(ParticipantState.ACTIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Active\"", "\"\"", "7", "null", "[\"ACTIVE\"]", "{\"x\":\"ACTIVE\"}"})
  void aStateThatIsNotKnownIsTheOtherState(String state) throws Unreadable {
    PublishedList list = read("{\"data\":[{\"id\":\"o1\",\"status\":" + state + "}]}");

    assertThat(PublishedLists.organisation(list, "o1").state())
        .isEqualTo(ParticipantState.SUSPENDED);
  }

  @Test
  void theWorstStateCountsOfWhatIsListedTwice() throws Unreadable {
    PublishedList list =
        read(
            "{\"data\":[{\"id\":\"o1\",\"status\":\"REVOKED\"},{\"id\":\"o1\",\"status\":\"ACTIVE\"}]}");

    assertThat(PublishedLists.organisation(list, "o1").state())
        .isEqualTo(ParticipantState.WITHDRAWN);
    assertThat(list.organisationCount()).isEqualTo(1);
  }

  @Test
  void aListCanBeTheWholeDocument() throws Unreadable {
    PublishedList list =
        ListReader.read(
            "[{\"id\":\"o1\",\"status\":\"ACTIVE\"}]".getBytes(StandardCharsets.UTF_8),
            rules("/*"));

    assertThat(list.organisationCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[7]}",
        "{\"data\":[null]}",
        "{\"data\":[[]]}",
        "{\"data\":[{\"status\":\"ACTIVE\"}]}",
        "{\"data\":[{\"id\":7,\"status\":\"ACTIVE\"}]}",
        "{\"data\":[{\"id\":\" \",\"status\":\"ACTIVE\"}]}",
        "{\"data\":[{\"id\":\"a\\u0000b\",\"status\":\"ACTIVE\"}]}",
        "{\"data\":[{\"id\":\"o1\",\"status\":\"ACTIVE\",\"brands\":7}]}",
        "{\"data\":[{\"id\":\"o1\",\"status\":\"ACTIVE\",\"brands\":[{\"products\":[{}]}]}]}"
      })
  void anEntryThatCannotBeReadIsCounted(String document) throws Unreadable {
    assertThat(read(document).unreadable()).isEqualTo(1);
  }

  @Test
  void anIdThatIsTooLongIsCounted() throws Unreadable {
    assertThat(read("{\"data\":[{\"id\":\"" + "x".repeat(256) + "\"}]}").unreadable()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "<html>",
        "[]",
        "{}",
        "{\"data\":null}",
        "{\"data\":{}}",
        "{\"data\":\"[]\"}",
        "{\"data\":[",
        "{\"data\":[]",
        "{\"data\":[]} x",
        "{\"data\":[]}{}",
        "{\"data\":[],\"data\":[]}",
        "{\"data\":[{\"id\":\"a\",\"id\":\"b\"}]}",
        "{\"x\":{\"a\":1,\"a\":2},\"data\":[]}",
        "{\"other\":[],\"data\":{\"data\":[]}}"
      })
  void whatIsNotAListIsRefused(String document) {
    assertThatThrownBy(() -> read(document)).isInstanceOf(Unreadable.class).message().isNotBlank();
  }

  @Test
  void bytesThatAreNotTextAreRefused() {
    assertThatThrownBy(
            () -> ListReader.read(new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2}, rules("/data/*")))
        .isInstanceOf(Unreadable.class);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> read("{\"data\":" + "[".repeat(100_000)))
        .isInstanceOf(Unreadable.class);
  }

  @Test
  void tooManyEntriesAreRefused() {
    StringBuilder document = new StringBuilder("{\"data\":[");
    for (int i = 0; i <= 200_000; i++) {
      document.append(i == 0 ? "" : ",").append("{\"id\":\"").append(i).append("\"}");
    }

    assertThatThrownBy(() -> read(document + "]}"))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining("more than 200000");
  }

  @Test
  void namesKeepTheirLettersAndLoseTheirControls() throws Unreadable {
    PublishedList list =
        read(
            "{\"data\":[{\"id\":\"o1\",\"status\":\"ACTIVE\","
                + "\"name\":\"<script>alert(1)</script>\\n\\u202eevil \\u00e9\"},"
                + "{\"id\":\"o2\",\"status\":\"ACTIVE\",\"name\":\""
                + "n".repeat(1000)
                + "\"},{\"id\":\"o3\",\"status\":\"ACTIVE\",\"name\":7}]}");

    assertThat(PublishedLists.organisation(list, "o1").name())
        .isEqualTo("<script>alert(1)</script>\\u000a\\u202eevil \u00e9");
    assertThat(PublishedLists.organisation(list, "o2").name()).hasSize(255);
    assertThat(PublishedLists.organisation(list, "o3").name()).isNull();
  }
}
