package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.fapipack.certificate.CertificateName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The client certificate with which software registers and calls.
 *
 * @param required whether a registration needs one
 * @param anchors PEM certificates of the authorities from which it must come; empty for the
 *     authorities that the server trusts
 * @param match what the certificate must have in common with the statement
 * @param revocation how it is checked whether the certificate was revoked
 * @param qualified what a qualified certificate (eIDAS) must be, and what it allows; null for no
 *     rule
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CertificateRules(
    Boolean required,
    List<String> anchors,
    List<Match> match,
    Revocation revocation,
    Qualified qualified) {

  public CertificateRules {
    required = required != null && required;
    anchors = anchors == null ? List.of() : List.copyOf(anchors);
    Pems.require("certificate.anchors", anchors);
    match = match == null ? List.of() : List.copyOf(match);
    revocation = revocation == null ? new Revocation(null, null, null) : revocation;
  }

  /**
   * A member of the statement that the certificate must have as a name.
   *
   * @param claim the member
   * @param anyOf the places of the certificate, in order: the first kind of name that the
   *     certificate has decides
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Match(MemberPath claim, List<Place> anyOf) {

    public Match {
      anyOf = List.copyOf(anyOf);
    }
  }

  /**
   * A place in a certificate.
   *
   * @param name an attribute of the subject, by its short name of RFC 4514 or its OID, or {@code
   *     san:uri}, {@code san:dns}
   * @param prefix what stands before the member's value there
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Place(CertificateName name, String prefix) {

    public Place {
      prefix = prefix == null ? "" : prefix;
    }

    @JsonCreator
    static Place of(@JsonProperty("name") String name, @JsonProperty("prefix") String prefix) {
      return new Place(CertificateName.of(name), prefix);
    }
  }

  /**
   * How revocation is checked.
   *
   * @param methods the sources; empty for no check. With both, either may say that a certificate is
   *     good, and the other one is asked if the first has no answer
   * @param registration what happens at registration if no source answers
   * @param elsewhere what happens at the other endpoints if no source answers
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Revocation(
      Set<RevocationSource> methods, Unavailable registration, Unavailable elsewhere) {

    public Revocation {
      methods =
          methods == null
              ? Set.of(RevocationSource.OCSP, RevocationSource.CRL)
              : Set.copyOf(methods);
      registration = registration == null ? Unavailable.REFUSE : registration;
      elsewhere = elsewhere == null ? Unavailable.REFUSE : elsewhere;
    }
  }

  /** Who says whether a certificate was revoked. */
  public enum RevocationSource {
    /** The responder that the certificate names (RFC 6960). */
    @JsonProperty("ocsp")
    OCSP,

    /** The list that the certificate names (RFC 5280 5). */
    @JsonProperty("crl")
    CRL
  }

  /** What happens if no source answers. */
  public enum Unavailable {
    @JsonProperty("refuse")
    REFUSE,

    @JsonProperty("accept")
    ACCEPT
  }

  /**
   * Qualified certificates (ETSI EN 319 412-5, TS 119 495).
   *
   * @param required whether the certificate must be one for web sites
   * @param roles the roles of the ecosystem that each PSD2 role of the certificate allows; the
   *     software has no other. Null for no restriction
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Qualified(boolean required, Map<String, List<String>> roles) {

    public Qualified {
      roles = roles == null ? null : Map.copyOf(roles);
    }
  }
}
