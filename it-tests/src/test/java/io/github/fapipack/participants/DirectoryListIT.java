package io.github.fapipack.participants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.directory.ConsumerDataRight;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Failure;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import io.github.fapipack.it.time.Await;
import io.github.fapipack.monitoring.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A directory that changes, lies, is silent, endless or gone. */
@ExtendWith(ServerLogOnFailure.class)
class DirectoryListIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static Directory directory;

  private JoinedRealm joined;

  @BeforeAll
  static void startDirectory() {
    directory = Directory.start(new ConsumerDataRight(), TestServer.get());
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  @BeforeEach
  void start() {
    joined = JoinedRealm.start(directory, "fapi2-security-profile");
  }

  @AfterEach
  void stop() {
    joined.close();
    directory.clear();
  }

  @Test
  void aChangeInTheListIsFollowedWithinItsInterval() {
    joined.use(status -> status.put("every", 2));
    Software software = joined.software();
    FapiClient client = joined.client(software);
    Tokens user = client.tokens(TestRealm.USERNAME, joined.realm().password());

    software.state("INACTIVE");
    Instant changed = Instant.now();
    Await.atMost(SOON).until("refusal", () -> client.refresh(user).send().status() == 400);
    Duration taken = Duration.between(changed, Instant.now());

    System.out.printf("From change to refusal with an interval of 2 s: %s%n", taken);
    assertThat(taken).isLessThan(Duration.ofSeconds(2 + 60));
    software.state("ACTIVE");
    Await.atMost(SOON)
        .until("end of the refusal", () -> client.refresh(user).send().status() == 200);
    int unchanged = directory.participants().unchanged();
    Await.atMost(SOON).until("304", () -> directory.participants().unchanged() > unchanged);
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"DOWN", "ERROR", "ENDLESS", "GARBAGE", "REDIRECT"})
  void aDirectoryThatFailsChangesNothing(Failure failure) {
    Software suspended = joined.software();
    Software active = joined.software();
    FapiClient refused = joined.client(suspended);
    FapiClient served = joined.client(active);
    suspended.state("INACTIVE");
    joined.refresh();
    active.state("INACTIVE");

    directory.participants().fail(failure);
    JsonNode known = joined.refresh();

    assertThat(known.path("problem").asText()).isNotEmpty();
    assertThat(known.path("lastSuccess").asLong()).isLessThan(known.path("lastAttempt").asLong());
    refused.clientCredentials().expectError(400, "unauthorized_client");
    served.clientCredentials().expect();
    assertThat(directory.elsewhere().requests()).isZero();
    assertThat(joined.realm().admin().events(joined.realm().name(), "CLIENT_UPDATE_ERROR"))
        .anyMatch(event -> event.path("error").asText().equals("directory_list_not_applied"));

    directory.participants().recover();
    assertThat(joined.refresh().path("problem").isNull()).isTrue();
    served.clientCredentials().expectError(400, "unauthorized_client");
  }

  static Stream<String> lies() {
    return Stream.of(
        "{\"data\":[]}",
        "{\"data\":[7,null,[]]}",
        "{\"data\":[],\"data\":[]}",
        "[]",
        "{}",
        "{\"data\":{\"legalEntityId\":\"x\"}}");
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aListThatSaysNothingOfAClientChangesNothing(String list) {
    joined.use(status -> status.put("missing", "withdrawn"));
    List<FapiClient> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(joined.client(joined.software()));
    }
    joined.refresh();

    directory.participants().serve(list);
    joined.refresh();

    clients.forEach(client -> client.clientCredentials().expect());
  }

  @Test
  void aListThatWouldEndManyWaitsForAnAdministrator() {
    List<Software> all = new ArrayList<>();
    List<FapiClient> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(joined.software());
      clients.add(joined.client(all.get(i)));
    }
    joined.refresh();
    all.get(0).organisation().state("SUSPENDED");
    all.get(1).state("INACTIVE");

    JsonNode held = joined.refresh();

    assertThat(held.path("problem").asText())
        .contains("the list would end 2 of 5 active organisations at once");
    clients.forEach(client -> client.clientCredentials().expect());

    assertThat(joined.refresh(true).path("problem").isNull()).isTrue();
    clients.get(0).clientCredentials().expectError(400, "unauthorized_client");
    clients.get(1).clientCredentials().expectError(400, "unauthorized_client");
    clients.get(2).clientCredentials().expect();
  }

  @Test
  void whoIsNotInTheListAnyMoreIsAsTheProfileSays() {
    joined.use(status -> status.put("missing", "suspended"));
    Software gone = joined.software();
    Software never = joined.software();
    Organisation unlisted = never.organisation();
    directory.remove(unlisted);
    FapiClient client = joined.client(gone);
    FapiClient unknown = joined.client(never);
    joined.refresh();
    client.clientCredentials().expect();
    unknown.clientCredentials().expect();

    directory.remove(gone.organisation());
    joined.refresh();

    client.clientCredentials().expectError(400, "unauthorized_client");
    unknown.clientCredentials().expect();
    assertThat(joined.participant(client).path("listed").asBoolean()).isFalse();
  }

  @Test
  void aSilentDirectoryAlarms() {
    joined.use(status -> status.put("every", 1).put("stale_after", 3));
    Software software = joined.software();
    FapiClient client = joined.client(software);
    assertThat(joined.refresh().path("stale").asBoolean()).isFalse();
    directory.participants().fail(Failure.DOWN);
    software.state("INACTIVE");

    Await.atMost(SOON)
        .until(
            "alarm",
            () ->
                joined
                    .realm()
                    .admin()
                    .events(joined.realm().name(), "CLIENT_UPDATE_ERROR")
                    .findValuesAsText("error")
                    .contains("directory_stale"));

    client.clientCredentials().expect();
    assertThat(joined.list("?max=1").at("/directory/stale").asBoolean()).isTrue();
    assertThat(findings())
        .contains(
            "the directory's list of participants was not applied for too long",
            "the directory's list of participants is not applied: the directory cannot be"
                + " reached");
    Await.atMost(SOON).until("metric", () -> value("fapi_directory_stale") == 1);
    assertThat(value("fapi_directory_last_success_timestamp_seconds")).isPositive();
    assertThat(value("fapi_participants")).isEqualTo(1);
  }

  /** What the doctor says of the ecosystem. */
  private String findings() {
    StringBuilder problems = new StringBuilder();
    joined
        .realm()
        .admin()
        .get("/" + joined.realm().name() + "/fapi/report")
        .path("findings")
        .forEach(
            finding -> {
              if (finding.path("rule").asText().equals("fapi-ecosystem")) {
                problems.append(finding.path("problem").asText()).append('\n');
              }
            });
    return problems.toString();
  }

  /** The value of a metric of the realm; of several the one for active participants. */
  private double value(String metric) {
    return Scrape.of(TestServer.get()).of(metric).stream()
        .filter(series -> joined.realm().name().equals(series.labels().get("realm")))
        .filter(series -> series.labels().getOrDefault("state", "active").equals("active"))
        .mapToDouble(Scrape.Series::value)
        .findFirst()
        .orElse(0);
  }
}
