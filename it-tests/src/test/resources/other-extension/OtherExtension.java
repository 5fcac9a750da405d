package org.example;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Somebody else's extension, which does not care who calls. */
public final class OtherExtension {

  @Produces("application/json")
  public static class Resource {
    @GET
    public String get() {
      return "served";
    }

    @POST
    @Consumes("application/x-www-form-urlencoded")
    public String post(@FormParam("a") String a) {
      return "served a=" + a;
    }

    @GET
    @Path("below/userinfo")
    public String below() {
      return "served";
    }
  }

  @jakarta.ws.rs.Path("/elsewhere")
  public static class Root extends Resource {}

  private abstract static class Place implements RealmResourceProviderFactory {
    @Override
    public RealmResourceProvider create(KeycloakSession session) {
      return new RealmResourceProvider() {
        @Override
        public Object getResource() {
          return new Resource();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
  }

  public static class Careless extends Place {
    @Override
    public String getId() {
      return "careless";
    }
  }

  public static class Exempt extends Place {
    @Override
    public String getId() {
      return "exempt";
    }
  }

  public static class Admin implements AdminRealmResourceProviderFactory {
    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
      return new AdminRealmResourceProvider() {
        @Override
        public Object getResource(
            KeycloakSession s, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder e) {
          return new Resource();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
      return "careless";
    }
  }

  public static class Credulous implements TokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
      return new TokenIntrospectionProvider() {
        @Override
        public Response introspect(String token, EventBuilder event) {
          return Response.ok(Map.of("active", true, "by", "credulous")).build();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
      return "credulous";
    }
  }
}
