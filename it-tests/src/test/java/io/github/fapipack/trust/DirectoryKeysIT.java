package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Failure;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements are checked with the keys of a directory that replaces them, lies, or is silent. */
class DirectoryKeysIT {
  private static final String INVALID = "invalid_software_statement";

  private static final ClientKeys FORGER = ClientKeys.of(ClientKeys.ps256());

  /** Keys are not asked for again within ten seconds. */
  private static final Await SOON = Await.atMost(Duration.ofSeconds(20));

  /** The guarded client gives up before; a test machine may be slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Directory directory;
  private static Organisation organisation;

  /** Another address for each test, so that the server has not asked for it before. */
  private static int address;

  private SoftwareRegistration registration;

  @BeforeAll
  static void startDirectory() {
    directory = Directory.start(new Brazil(), realm.server());
    organisation = directory.organisation("Fintech Limitada");
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  @BeforeEach
  void joinEcosystem() {
    String keys = directory.jwksUri() + "?" + address++;
    registration =
        SoftwareRegistration.in(
            realm,
            directory,
            profile -> {
              profile.withObject("/directory").put("jwks_uri", keys);
              return profile;
            });
  }

  @AfterEach
  void endWhatIsNotOfTheBox() {
    directory.jwks().recover();
    directory.keys().rotate();
  }

  private HttpExchange register() {
    return registration.register(software());
  }

  private Software software() {
    return organisation.software("Contas");
  }

  private void awaitRegistration() {
    // One software and one certificate: the directory limits both.
    Software one = software();
    ClientCertificate certificate = one.certificate();
    SOON.until(
        "registration",
        () -> registration.register(one.registration(), certificate),
        answer -> answer.status() == 201);
  }

  @Test
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void aNewKeyOfTheDirectoryIsFoundSoon() {
    register().expectStatus(201);

    directory.keys().rotate();
    awaitRegistration();

    directory.pretendKeyWithoutKid();
    awaitRegistration();
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void aKeyThatTheDirectoryHasDroppedIsNotUsedOnceKeysWereFetchedAgain() {
    register().expectStatus(201);
    Software late = software();
    String old = late.statement().sign();
    directory.keys().rotate();
    directory.keys().dropOlder();
    awaitRegistration();

    registration
        .register(late.metadata().put("software_statement", old), late.certificate())
        .expectError(400, INVALID);
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void nothingRegistersWhileTheKeysWereNeverFetched(Failure failure) {
    directory.jwks().fail(failure);

    Instant start = Instant.now();
    HttpExchange refused = register();
    Duration took = Duration.between(start, Instant.now());

    refused.expectError(400, INVALID);
    assertThat(took).isLessThan(PATIENCE);
    assertThat(directory.elsewhere().requests()).isZero();

    directory.jwks().recover();
    awaitRegistration();
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "SLOW", "ENDLESS"})
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void knownKeysStayInUseWhileTheDirectoryFails(Failure failure) {
    register().expectStatus(201);
    directory.jwks().fail(failure);
    int before = directory.jwks().requests();
    Software forged = software();

    // Whoever sends nonsense makes the server ask the directory, but not again and again.
    SOON.every(Duration.ofSeconds(1))
        .until(
            "request for the keys",
            () -> {
              registerForged(forged);
              return directory.jwks().requests();
            },
            requests -> requests > before);
    registerForged(forged);

    register().expectStatus(201);
    assertThat(directory.jwks().requests()).isEqualTo(before + 1);
  }

  private void registerForged(Software software) {
    String statement = software.statement().forgedBy(FORGER.forAlgorithm("PS256")).sign();
    registration
        .register(software.metadata().put("software_statement", statement), software.certificate())
        .expectError(400, INVALID);
  }
}
