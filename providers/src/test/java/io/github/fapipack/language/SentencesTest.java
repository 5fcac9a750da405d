package io.github.fapipack.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.rule.Rule;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** Whatever the code says to an administrator, the file says in every language. */
class SentencesTest {
  private static final Set<String> LANGUAGES = Set.of("de", "es", "pt-BR", "ja", "ar");

  /** The packages whose sentences are shown: those of rules, and what the page shows beside. */
  private static final Set<String> PACKAGES =
      Set.of(
          "fapipack.jose",
          "fapipack.approval",
          "fapipack.audit",
          "fapipack.authentication",
          "fapipack.authenticator",
          "fapipack.authority",
          "fapipack.authorization",
          "fapipack.bridge",
          "fapipack.certificate",
          "fapipack.change",
          "fapipack.ciba",
          "fapipack.client",
          "fapipack.condition",
          "fapipack.consent",
          "fapipack.console",
          "fapipack.directory",
          "fapipack.expiry",
          "fapipack.fapi1",
          "fapipack.grantmanagement",
          "fapipack.http",
          "fapipack.httpsig",
          "fapipack.httpsig.structured",
          "fapipack.introspection",
          "fapipack.identity",
          "fapipack.keys",
          "fapipack.occasion",
          "fapipack.participants",
          "fapipack.profile",
          "fapipack.protocol",
          "fapipack.publication",
          "fapipack.rar",
          "fapipack.refreshtoken",
          "fapipack.registration",
          "fapipack.report",
          "fapipack.request",
          "fapipack.requestobject",
          "fapipack.resource",
          "fapipack.rest",
          "fapipack.revocation",
          "fapipack.rollout",
          "fapipack.rule",
          "fapipack.scheme",
          "fapipack.signing",
          "fapipack.token",
          "fapipack.trust");

  /** What stands in these packages and is never shown on the page; regular expressions. */
  private static final List<Pattern> ELSEWHERE =
      Stream.of(
              // Labels and help texts are shown by the admin console; those of rules have a test.
              "[A-Z].*\\.",
              "SigningMetadataForm\\.java.*",
              "as registered",
              // The admin console says it in English, as of Keycloak's own authenticators.
              "SessionIsEnough\\.java.*",
              "RuleSettings\\.java.*",
              // The admin console says them when a policy is saved, or the server when it starts.
              "field '(?!protocol').*",
              "(KeyPlace|KeyReader|KeyCheck)\\.java.*",
              ".*cannot be exempt: name the path.*",
              "limits of grants must be at least 1",
              // What goes into the log, into SARIF, a query, a header, or a comparison.
              "LostAttributes\\.java.*",
              "SarifReport\\.java.*",
              "CertificateGauges\\.java.*",
              "GrantTable\\.java.*",
              "(DirectoryGauges|ParticipantTable)\\.java.*",
              "order by .*",
              "k\\.id, .*",
              "(select |from ).*Entity .*",
              "(IssuedTable|NoticeTable|ConsentTable|ConsentGauges)\\.java.*",
              // What the log says of the bank's consent service; clients get one sentence for all.
              "(BankConsent|BankPage|ConsentService|ServiceAssertion|ServiceJwts|ServiceKeys)\\.java.*",
              "no question is open",
              // Said in longer words where it is shown.
              "software \\{0} has a client already",
              "Bearer realm=.*|Basic realm=.*",
              "Invalid scopes:|: Invalid code verifier|Invalid refresh token",
              "typ is not that of a refresh token",
              "Ed25519Signatures\\.java.*",
              "(Anchors|Answers|CertificatePath|DerCertificate|OcspResponses|ParsedAnchors)\\.java.*",
              // Why a profile cannot be used: it is written in English, in the words of its schema.
              "(CertificateName)\\.java.*",
              // Another sentence takes its place.
              "PublicKeyPem\\.java.*",
              "(QualifiedStatement|Responder|RevocationList)\\.java.*",
              // Pages for users, who are told in texts of the theme.
              "(ApprovalCheck|Brand|ConsentAction|ConsentActionFactory|DetailModel)\\.java.*",
              "(Fragment|Item|Question|UserPages|Wording)\\.java.*",
              "code id_token|id_token code",
              // Parts of a longer one, which has a test below.
              "has another|has no|also has|, so it is not applied")
          .map(Pattern::compile)
          .toList();

  @Test
  void areThereForWhateverTheCodeSays() {
    Set<String> missing = new LinkedHashSet<>();
    for (SourceSentences.Sentence sentence : said()) {
      if (ELSEWHERE.stream()
          .anyMatch(
              elsewhere ->
                  elsewhere.matcher(sentence.entry()).matches()
                      || elsewhere.matcher(sentence.where()).matches())) {
        continue;
      }
      String said = sentence.with("Value");
      for (String tag : LANGUAGES) {
        Optional<String> told = in(tag).of(said);
        if (told.isEmpty() || !values(told.get()).equals(values(said))) {
          missing.add(sentence.entry() + "    (" + sentence.where() + ")");
        }
      }
    }
    if (!missing.isEmpty()) {
      fail(
          "Add these to providers/src/main/resources/fapi-sentences.txt, each with a line for each"
              + " of "
              + LANGUAGES
              + ", or to ELSEWHERE in this test if no administrator ever sees them:\n\n"
              + String.join("\n", missing));
    }
  }

  private static List<SourceSentences.Sentence> said() {
    return Stream.of("src/main/java", "http-signatures/src/main/java")
        .flatMap(sources -> SourceSentences.in(Path.of(sources), PACKAGES).stream())
        .toList();
  }

  private static Set<String> values(String text) {
    Set<String> values = new TreeSet<>();
    for (int i = 1; i < 10; i++) {
      if (text.contains("Value" + i)) {
        values.add("Value" + i);
      }
    }
    return values;
  }

  private static Language in(String tag) {
    return new Language(Sentences.all(), tag);
  }

  @Test
  void areThereForWhatEachRuleDemands() {
    List<String> missing = new ArrayList<>();
    for (ClientPolicyExecutorProviderFactory factory :
        ServiceLoader.load(ClientPolicyExecutorProviderFactory.class)) {
      if (factory instanceof Rule<?> rule
          && LANGUAGES.stream().anyMatch(tag -> in(tag).of(rule.getHelpText()).isEmpty())) {
        missing.add(rule.getHelpText());
      }
    }
    assertThat(missing).as("help texts that fapi-sentences.txt lacks").isEmpty();
  }

  @Test
  void haveTheSamePlacesInEveryLanguage() {
    assertThat(Sentences.all().tags()).containsExactlyInAnyOrderElementsOf(LANGUAGES);
    Set<Template> known = new LinkedHashSet<>();
    for (Sentences.Entry entry : Sentences.all().entries()) {
      List<Integer> places = entry.english().places();
      assertThat(known.add(entry.english())).as("%s comes once", entry.english()).isTrue();
      assertThat(entry.others().keySet())
          .as("%s", entry.english())
          .containsExactlyInAnyOrderElementsOf(LANGUAGES);
      for (int i = 0; i < places.size(); i++) {
        assertThat(places.get(i)).as("%s", entry.english()).isEqualTo(i);
      }
      entry
          .others()
          .forEach(
              (tag, other) ->
                  assertThat(other.places())
                      .as("%s %s", tag, other)
                      .containsExactlyInAnyOrderElementsOf(places));
    }
  }

  @Test
  void putValuesWhereTheyBelong() {
    assertThat(in("de").of("parameter nonce is repeated; send it once"))
        .hasValue("der Parameter nonce kommt mehrfach vor; senden Sie ihn einmal");
    assertThat(in("ja").of("send at most 100 characters")).hasValue("最大100文字まで送信できます");
    assertThat(in("es").of("the rule \"a\" does not hold for every client"))
        .hasValue("la regla \"a\" no rige para todos los clientes");
    assertThat(in("en").of("parameter nonce is repeated")).hasValue("parameter nonce is repeated");
  }

  @Test
  void tellASentenceWithinAnother() {
    assertThat(in("de").of("the request object is refused: jti is missing; set the clock right"))
        .hasValue("das Request-Objekt wird abgelehnt: jti fehlt; stellen Sie die Uhr richtig");
    assertThat(
            in("de")
                .of(
                    "authorization_details is wrong at /0/type: it must be there, and be a string,"
                        + " at /1/x: the member is missing, and 3 more"))
        .hasValue(
            "authorization_details ist falsch: bei /0/type: es muss vorhanden und eine"
                + " Zeichenkette sein, bei /1/x: das Element fehlt, und 3 weitere");
    assertThat(
            in("de")
                .of(
                    "the subject of the certificate is not the registered one: it has another CN,"
                        + " also has OU"))
        .hasValue(
            "das Subject des Zertifikats ist nicht das registrierte: er hat ein anderes CN, hat"
                + " außerdem OU");
    assertThat(in("de").of("Refuses the password grant. (FAPI2-SP 5.3.2.1-2)"))
        .hasValue("Lehnt den Password Grant ab. (FAPI2-SP 5.3.2.1-2)");
  }

  @Test
  void tellWhatARuleSetsInAClient() {
    assertThat(
            in("de")
                .of(
                    "differs from what this rule sets whenever the client is used: Refuses the"
                        + " password grant. (FAPI2-SP 5.3.2.1-2, RFC9700 2.4)"))
        .hasValue(
            "nicht so, wie diese Regel es bei jeder Verwendung des Clients setzt: Lehnt den"
                + " Password Grant ab. (FAPI2-SP 5.3.2.1-2, RFC9700 2.4)");
    assertThat(
            in("de")
                .of(
                    "apply the profile, which changes it as shown; with a tool that manages"
                        + " clients, write /attributes/x.y as \"false\", /attributes/z not at all"))
        .hasValue(
            "wenden Sie das Profil an; es ändert das wie gezeigt; wer Clients mit einem Werkzeug"
                + " verwaltet, schreibt /attributes/x.y als \"false\", /attributes/z gar nicht");
  }

  @Test
  void leaveWhatTheyDoNotKnow() {
    assertThat(in("de").of("nobody has ever said this or that")).isEmpty();
    assertThat(in("de").of("")).isEmpty();
    assertThat(in("de").of("parameter nonce is repeated; and nobody knows why")).isEmpty();
  }

  @Test
  void takeNoLongerForHostileValues() {
    for (String piece :
        List.of("; ", ", or ", " needs ", "at a: ", ", at a: b", "client 'x': ", "{0}", "(", " ")) {
      String hostile = piece.repeat(8000 / piece.length());

      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            in("de").of(hostile);
            in("ar").of("parameter " + hostile + " is repeated");
          },
          piece);
    }
    assertThat(in("de").of("parameter {1} is repeated"))
        .hasValue("der Parameter {1} kommt mehrfach vor");
  }

  @Test
  void nameInAnAnswerWhatStaysEnglish() throws IOException {
    JsonNode answer =
        new ObjectMapper()
            .readTree(
                """
                {"findings": [{"rule": "x", "problem": "the key is too weak", "remedy": "pray a lot",
                  "changes": [{"before": {"problem": "the key is too weak"}}]}]}
                """);

    JsonNode finding = in("de").translate(answer).path("findings").path(0);

    assertThat(finding.path("problem").asText()).isEqualTo("der Schlüssel ist zu schwach");
    assertThat(finding.path("remedy").asText()).isEqualTo("pray a lot");
    assertThat(finding.path("english").toString()).isEqualTo("[\"remedy\"]");
    assertThat(finding.at("/changes/0/before/problem").asText()).isEqualTo("the key is too weak");
  }

  @ParameterizedTest
  @CsvSource({"de-AT, de", "pt, pt-BR", "ar-EG, ar", "en-GB, en", "sv, en", "*, en", "'', en"})
  void areInTheLanguageThatARequestAsksFor(String asked, String language) {
    assertThat(asking(asked).tag()).isEqualTo(language);
  }

  @Test
  void areInTheFirstLanguageThatThereIs() {
    assertThat(asking("sv", "ja", "de").tag()).isEqualTo("ja");
    assertThat(asking("sv", "en", "de").tag()).isEqualTo("en");
    assertThat(asking().tag()).isEqualTo("en");
  }

  private static Language asking(String... tags) {
    HttpHeaders headers =
        (HttpHeaders)
            Proxy.newProxyInstance(
                HttpHeaders.class.getClassLoader(),
                new Class<?>[] {HttpHeaders.class},
                (proxy, method, arguments) -> Stream.of(tags).map(SentencesTest::locale).toList());
    return Language.of(headers);
  }

  /** As RESTEasy reads it, which makes a language of the asterisk. */
  private static Locale locale(String tag) {
    return tag.equals("*") ? new Locale.Builder().build() : Locale.forLanguageTag(tag);
  }
}
