package io.github.fapipack.samples.quarkus;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;

/** The accounts of the user. */
@Path("/accounts")
public class Accounts {

  @GET
  public Map<String, Object> accounts(@Context SecurityContext user) {
    return Map.of(
        "owner",
        user.getUserPrincipal().getName(),
        "accounts",
        List.of(Map.of("iban", "DE75512108001245126199", "currency", "EUR")));
  }
}
