package io.github.fapipack.samples.quarkus;

import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.rest.FapiContainerFilter;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;

/** What is checked before a request reaches a resource method. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class ApiChecks extends FapiContainerFilter {
  private static final DemandRules RULES =
      DemandRules.none()
          .on("GET /accounts/**", Demands.scopes("accounts"))
          .on("POST /payments", Demands.none());

  @Inject
  public ApiChecks(FapiResourceServer api, CurrentVertxRequest current) {
    super(api, RULES, new VertxTransport(current));
  }
}
