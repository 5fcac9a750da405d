package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.GeneratedFile;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.Pki;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How the stand-ins word an organisation and its software: the templates of the pack are compared
 * with these files, so that both stay the same.
 */
class GoldenWordsTest {
  /** What differs from one statement to the next. */
  private static final List<String> TIMES = List.of("iat", "exp", "jti");

  static Stream<Arguments> ecosystems() {
    return Stream.of(
        Arguments.of("open-finance-brazil", new Brazil()),
        Arguments.of("open-banking-uk", new UnitedKingdom()),
        Arguments.of("cdr-australia", new ConsumerDataRight()));
  }

  @ParameterizedTest
  @MethodSource("ecosystems")
  void areThoseOfTheFiles(String id, Ecosystem ecosystem) {
    try (Directory directory = Directory.start(ecosystem, Pki.create())) {
      Organisation organisation = directory.organisation("Größte Bank & Söhne, \"A\"");
      Software software = organisation.software("App + <b>");
      ObjectNode words = Json.object();
      words.set(
          "statement", ((ObjectNode) Json.tree(ecosystem.statement(software))).without(TIMES));
      words.set("participants", ecosystem.participants(List.of(organisation)));
      ArrayNode subject = words.putArray("subject");
      X500Name name = ecosystem.subject(software);
      for (RDN rdn : name.getRDNs()) {
        subject
            .addObject()
            .put("type", rdn.getFirst().getType().getId())
            .put("value", rdn.getFirst().getValue().toString());
      }
      String text =
          Json.text(words)
              .replace(software.jwksUri().toString(), "JWKS")
              .replace(organisation.number(), "NUMBER")
              .replace(organisation.id(), "ORGANISATION")
              .replace(software.id(), "SOFTWARE");
      new GeneratedFile("providers/src/test/resources/fapi-schemes/" + id + ".golden.json")
          .requireToBe(text + "\n");
    }
  }
}
