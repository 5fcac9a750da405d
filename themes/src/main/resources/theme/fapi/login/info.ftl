<#import "fapi-layout.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <#if messageHeader??>${kcSanitize(msg(messageHeader))?no_esc}<#else>${message.summary}</#if>
  <#elseif section = "form">
    <div class="fapi-card" id="kc-info-message">
      <p class="instruction">${message.summary}<#if requiredActions??><#list requiredActions>: <#items as action><b>${kcSanitize(msg("requiredAction." + action))?no_esc}</b><#sep>, </#items></#list></#if></p>
      <#if !skipLink??>
        <#if pageRedirectUri?has_content>
          <p><a href="${pageRedirectUri}">${msg("backToApplication")}</a></p>
        <#elseif actionUri?has_content>
          <p><a href="${actionUri}">${msg("proceedWithAction")}</a></p>
        <#elseif (client.baseUrl)?has_content && client.baseUrl?matches("https?://.*")>
          <p><a href="${client.baseUrl}">${msg("backToApplication")}</a></p>
        </#if>
      </#if>
    </div>
  </#if>
</@layout.registrationLayout>
