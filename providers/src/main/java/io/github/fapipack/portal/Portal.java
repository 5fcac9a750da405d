package io.github.fapipack.portal;

import io.github.fapipack.keycloak.PlainResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.keycloak.models.KeycloakSession;

/** The pages below {@code /realms/{realm}/fapi-scheme/}. Each part of the path has a class. */
public final class Portal implements PlainResource {

  private final KeycloakSession session;

  Portal(KeycloakSession session) {
    this.session = session;
  }

  @Override
  public Object getResource() {
    return this;
  }

  /** The visitor's organisations. */
  @GET
  public Response home() throws IOException {
    return PortalRequest.read(session, HomePage::show);
  }

  /** An application for an organisation. */
  @Path("apply")
  public ApplicationPage apply() {
    return new ApplicationPage(session);
  }

  @Path("organisations/{id}")
  public OrganisationPages organisation(@PathParam("id") String id) {
    return new OrganisationPages(session, id);
  }

  @Path("organisations/{id}/people")
  public PeoplePages people(@PathParam("id") String id) {
    return new PeoplePages(session, id);
  }

  @Path("organisations/{id}/proofs")
  public ProofPages proofs(@PathParam("id") String id) {
    return new ProofPages(session, id);
  }

  /** The keys of an organisation itself. */
  @Path("organisations/{id}/keys")
  public KeyPages keys(@PathParam("id") String id) {
    return new KeyPages(session, KeyOwner.organisation(id));
  }

  @Path("software/{id}")
  public SoftwarePages software(@PathParam("id") String id) {
    return new SoftwarePages(session, id);
  }

  @Path("software/{id}/keys")
  public KeyPages softwareKeys(@PathParam("id") String id) {
    return new KeyPages(session, KeyOwner.software(id));
  }

  /** An order for a certificate. */
  @Path("software/{id}/certificate")
  public OrderPage order(@PathParam("id") String id) {
    return new OrderPage(session, id);
  }

  @Path("certificates/{serial}")
  public CertificatePages certificate(@PathParam("serial") String serial) {
    return new CertificatePages(session, serial);
  }

  /** What only an operator of the scheme sees. */
  @Path("operator")
  public OperatorPages operator() {
    return new OperatorPages(session);
  }
}
