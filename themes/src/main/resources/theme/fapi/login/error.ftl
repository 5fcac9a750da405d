<#import "fapi-layout.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">${msg("errorTitle")}<#elseif section = "form">
    <div class="fapi-card" id="kc-error-message">
      <p class="instruction">${kcSanitize(message.summary)?no_esc}</p>
      <#if traceId??><p class="fapi-muted" id="traceId">${msg("traceIdSupportMessage", traceId)}</p></#if>
      <#if !skipLink?? && (client.baseUrl)?has_content>
        <p><a id="backToApplication" href="${client.baseUrl}">${msg("backToApplication")}</a></p>
      </#if>
    </div>
  </#if>
</@layout.registrationLayout>
