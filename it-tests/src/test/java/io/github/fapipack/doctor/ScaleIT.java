package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A realm with thousands of clients is audited and repaired in seconds, each of them once. */
@Tag("alone")
@ExtendWith(ServerLogOnFailure.class)
class ScaleIT {
  private static final int BATCH = 500;
  private static final int BATCHES = 4;

  /** Generous: a busy machine needs a third of it. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void auditsAndRepairsThousandsOfClientsInSeconds() {
    ObjectNode bank = LegacyBank.realm();
    try (TestRealm realm = TestRealm.create(bank)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        realm.admin().partialImport(realm.name(), clients(bank, batch));
      }
      Doctor doctor = Doctor.of(realm);

      Instant start = Instant.now();
      JsonNode report = doctor.report("");
      assertThat(Duration.between(start, Instant.now())).isLessThan(LIMIT);

      assertThat(report.at("/summary/clients/withFindings").asInt())
          .isEqualTo(18 + BATCH * BATCHES);
      List<String> named =
          Doctor.list(report.path("findings")).stream()
              .filter(Doctor.by("fapi2-reject-full-scope"))
              .map(finding -> finding.at("/where/name").asText())
              .filter(name -> name.startsWith("many-"))
              .toList();
      assertThat(new HashSet<>(named)).hasSize(named.size()).hasSize(BATCH * BATCHES);

      start = Instant.now();
      doctor.apply("disableUnrepairable=true");
      assertThat(Duration.between(start, Instant.now())).isLessThan(LIMIT);
      assertThat(doctor.findings()).isEmpty();
    }
  }

  private static JsonNode clients(ObjectNode bank, int batch) {
    ArrayNode clients = Json.object().putArray("clients");
    for (int i = 0; i < BATCH; i++) {
      String name = "many-" + batch + "-" + i;
      clients.add(LegacyBank.client(bank, LegacyBank.PARTNER).deepCopy().put("clientId", name));
    }
    return Json.object().set("clients", clients);
  }
}
