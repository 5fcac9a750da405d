package io.github.fapipack.it.apicheck;

import java.util.List;
import java.util.stream.Stream;

/** Everything that is tried, in the order in which it is tried. */
final class Catalogue {
  /** Those that end something come last. */
  static final List<Attack> ATTACKS =
      Stream.of(
              LegalVariations.all(),
              PresentationAttacks.all(),
              ForgedTokenAttacks.all(),
              ProofAttacks.all(),
              CertificateAttacks.all(),
              DetailAttacks.all(),
              HttpSignatureAttacks.all(),
              BodySignatureAttacks.all(),
              PathAttacks.all(),
              HeaderAttacks.all(),
              FramingAttacks.all(),
              OtherTokenAttacks.all())
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  static List<String> ids() {
    return ATTACKS.stream().map(Attack::id).toList();
  }
}
