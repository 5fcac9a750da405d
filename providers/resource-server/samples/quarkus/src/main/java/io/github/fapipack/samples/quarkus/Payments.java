package io.github.fapipack.samples.quarkus;

import io.github.fapipack.resourceserver.Decision;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.details.Use;
import io.github.fapipack.resourceserver.rest.FapiContainerFilter;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.UUID;

/** A payment that a user has approved, once. */
@Path("/payments")
public class Payments {
  private final FapiResourceServer api;

  public Payments(FapiResourceServer api) {
    this.api = api;
  }

  @POST
  public Response pay(Map<String, Object> payment, @Context SecurityContext user) {
    Granted call = FapiContainerFilter.granted(user);
    Decision decision =
        api.decide(call, call.details().useOnce("payment_initiation", Use.of(payment)));
    if (decision instanceof Refused refused) {
      return FapiContainerFilter.response(refused);
    }
    return Response.status(Response.Status.CREATED)
        .entity(Map.of("paymentId", UUID.randomUUID().toString(), "status", "executed"))
        .build();
  }
}
