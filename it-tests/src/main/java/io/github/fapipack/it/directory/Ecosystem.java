package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralNames;

/** What differs between the directories of ecosystems: words, members, and names. */
public interface Ecosystem {
  /** The issuer in statements. */
  String issuer();

  /** A new key of the kind that signs statements. */
  JWK newKey();

  /** The word for an active organisation, software or role. */
  String active();

  /** All roles of a software. */
  List<String> roles();

  /** The members of a statement, as they are now. */
  Map<String, Object> statement(Software software);

  /** The key that signs statements about a software: the directory's, unless it is its own. */
  default JWK signer(Software software) {
    return software.organisation().directory().keys().current();
  }

  /** Further parameters in the header of a statement. */
  default Map<String, Object> header(Software software) {
    return Map.of();
  }

  /** The list of participants. */
  JsonNode participants(Collection<Organisation> organisations);

  /** The subject of a transport certificate. */
  X500Name subject(Software software);

  /** The alternative names of a transport certificate, or null. */
  default GeneralNames alternativeNames(Software software) {
    return null;
  }
}
