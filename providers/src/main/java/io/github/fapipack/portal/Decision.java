package io.github.fapipack.portal;

import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Proof;
import io.github.fapipack.scheme.SchemeFault;
import io.github.fapipack.scheme.Software;
import io.github.fapipack.scheme.Standing;
import java.util.Optional;

/** Something that the operator decides about. */
interface Decision {

  /** The parameter with the name of a role. */
  String ROLE = "role";

  /**
   * What is decided about.
   *
   * @param kind its name in keys of texts
   * @param name its name for people
   * @param path of the page to go to afterwards
   */
  record Subject(String kind, String name, Trail trail, Standing now, long version, String path) {}

  Subject subject(PortalRequest request);

  /** Makes the decision. */
  void make(PortalRequest request, long version, Standing standing, String why);

  static Decision organisation(String id) {
    return new OfOrganisation(id);
  }

  static Decision role(String organisationId) {
    return new OfRole(organisationId);
  }

  static Decision software(String id) {
    return new OfSoftware(id);
  }

  static Decision proof(String organisationId, String id) {
    return new OfProof(organisationId, id);
  }

  /** About an organisation. */
  record OfOrganisation(String id) implements Decision {

    @Override
    public Subject subject(PortalRequest request) {
      Organisation organisation = request.desk().organisation(id);
      return new Subject(
          "organisation",
          organisation.name(),
          Trail.of(request, organisation),
          organisation.standing(),
          organisation.version(),
          Addresses.path(organisation));
    }

    @Override
    public void make(PortalRequest request, long version, Standing standing, String why) {
      request.desk().decide(id, version, standing, why);
    }
  }

  /** About a role of an organisation, which the request names. */
  record OfRole(String organisationId) implements Decision {

    @Override
    public Subject subject(PortalRequest request) {
      Organisation organisation = request.desk().organisation(organisationId);
      Standing now = organisation.roles().get(name(request));
      if (now == null) {
        throw new SchemeFault(SchemeFault.Kind.UNKNOWN, null, "the organisation has no such role");
      }
      return new Subject(
          "role",
          request.words().role(name(request)),
          Trail.of(request, organisation),
          now,
          organisation.version(),
          Addresses.path(organisation));
    }

    @Override
    public void make(PortalRequest request, long version, Standing standing, String why) {
      request.desk().decideRole(organisationId, version, name(request), standing, why);
    }

    private static String name(PortalRequest request) {
      return request.sent() == null
          ? Optional.ofNullable(request.query(ROLE)).orElse("")
          : request.sent().text(ROLE);
    }
  }

  /** About a software. */
  record OfSoftware(String id) implements Decision {

    @Override
    public Subject subject(PortalRequest request) {
      Software software = request.desk().softwareById(id);
      return new Subject(
          "software",
          software.data().name(),
          Trail.of(request, software),
          software.standing(),
          software.version(),
          Addresses.path(software));
    }

    @Override
    public void make(PortalRequest request, long version, Standing standing, String why) {
      request.desk().decideSoftware(id, version, standing, why);
    }
  }

  /** About a proof of certification, which has no version. */
  record OfProof(String organisationId, String id) implements Decision {

    @Override
    public Subject subject(PortalRequest request) {
      Organisation organisation = request.desk().organisation(organisationId);
      Proof proof = ProofPages.find(request, organisationId, id);
      return new Subject(
          "proof",
          proof.name(),
          Trail.of(request, organisation)
              .and(
                  request.words().of("proofs.title"),
                  Addresses.of(request, organisation, "proofs")),
          proof.standing(),
          0,
          Addresses.path(organisation) + "/proofs");
    }

    @Override
    public void make(PortalRequest request, long version, Standing standing, String why) {
      ProofPages.find(request, organisationId, id);
      request.desk().decideProof(id, standing, why);
    }
  }
}
