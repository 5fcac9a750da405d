<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("fapi.expiry.intro", organisation, realmName)}</p>
<ul>
<#list certificates as certificate>
<li>${msg("fapi.expiry.entry", certificate.subject, certificate.serial, certificate.end)}</li>
</#list>
</ul>
<p>${msg("fapi.expiry.why")}</p>
</@layout.emailLayout>
