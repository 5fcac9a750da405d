package io.github.fapipack.resourceserver.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * An application that tells what it was sent, in the way that the last segment of the path says.
 */
final class EchoServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    String path = request.getRequestURI();
    switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "error" -> response.sendError(409, "no");
      case "redirect" -> response.sendRedirect("/elsewhere");
      case "nothing" -> response.setStatus(204);
      case "reset" -> {
        response.getWriter().print("forgotten");
        response.reset();
        response.setStatus(202);
      }
      case "long" -> response.getOutputStream().write(new byte[5000]);
      case "bytes" -> response.getOutputStream().write("bytes".getBytes(StandardCharsets.UTF_8));
      case "async" -> response.getWriter().print(request.isAsyncSupported());
      case "parameters" -> parameters(request, response.getWriter());
      case "reader" -> response.getWriter().print(request.getReader().readLine());
      default -> whole(request, response.getWriter());
    }
  }

  private static void parameters(HttpServletRequest request, PrintWriter into) {
    request
        .getParameterMap()
        .forEach((name, values) -> into.println(name + "=" + String.join("|", values)));
  }

  private static void whole(HttpServletRequest request, PrintWriter into) throws IOException {
    into.println(request.getUserPrincipal() + " " + request.getRemoteUser());
    into.println("accounts: " + request.isUserInRole("accounts"));
    into.println("admin: " + request.isUserInRole("admin"));
    into.println("granted: " + (request.getAttribute(FapiFilter.GRANTED) != null));
    into.println(
        "content: " + new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }
}
