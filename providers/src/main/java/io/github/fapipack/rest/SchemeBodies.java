package io.github.fapipack.rest;

import io.github.fapipack.scheme.OrganisationData;
import io.github.fapipack.scheme.SoftwareData;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.services.ErrorResponse;

/** What administrators send about the directory of a scheme. */
final class SchemeBodies {

  private SchemeBodies() {}

  /** An organisation; the version is that which was read, and not needed for a new one. */
  record SentOrganisation(
      Long version, String name, String number, String country, Set<String> roles) {

    OrganisationData data() {
      return new OrganisationData(name, number, country, roles == null ? Set.of() : roles);
    }
  }

  /** A software; the version is that which was read, and not needed for a new one. */
  record SentSoftware(
      Long version,
      String name,
      String description,
      String softwareVersion,
      String clientUri,
      String logoUri,
      String policyUri,
      String tosUri,
      List<String> redirectUris,
      Set<String> roles) {

    SoftwareData data() {
      return new SoftwareData(
          name,
          description,
          softwareVersion,
          clientUri,
          logoUri,
          policyUri,
          tosUri,
          redirectUris,
          roles == null ? Set.of() : roles);
    }
  }

  /** A decision about an organisation, a role, a software or a proof. */
  record SentDecision(Long version, String standing, String reason) {

    Standing decided() {
      return Standing.named(standing)
          .orElseThrow(
              () ->
                  ErrorResponse.error(
                      "standing must be active, suspended or withdrawn", Status.BAD_REQUEST));
    }
  }

  /** A public key. */
  record SentPublicKey(String key) {}

  /** A certificate request. */
  record SentCertificateRequest(String use, String request) {}

  /** Why a certificate is revoked. */
  record SentRevocation(String reason) {}

  static long version(Long version) {
    return Optional.ofNullable(version)
        .orElseThrow(
            () ->
                ErrorResponse.error(
                    "version is missing; send the one that you have read", Status.BAD_REQUEST));
  }
}
