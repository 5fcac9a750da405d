<#-- detail: the object; text: this type's messages; date, money: as the user writes them -->
<dl>
  <#if (detail.consent.ControlParameters.ConsentSchedule.SinglePayment)??>
  <dt>${text['schedule']}</dt>
  <dd>${label('schedule.', detail.consent.ControlParameters.ConsentSchedule.SinglePayment.Type)}</dd>
  <dt>${text['amount']}</dt>
  <dd class="fapi-amount">${money(detail.consent.ControlParameters.ConsentSchedule.SinglePayment.Amount.Amount, detail.consent.ControlParameters.ConsentSchedule.SinglePayment.Amount.Currency)}</dd>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule)??>
  <dt>${text['schedule']}</dt>
  <dd>${label('schedule.', detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Type)}</dd>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Amount)??>
  <dt>${text['amount']}</dt>
  <dd class="fapi-amount">${money(detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Amount.Amount, detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Amount.Currency)}</dd>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.MaximumIndividualAmount)??>
  <dt>${text['most']}</dt>
  <dd class="fapi-amount">${money(detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.MaximumIndividualAmount.Amount, detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.MaximumIndividualAmount.Currency)}</dd>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Controls.MaximumIndividualAmount)??>
  <dt>${text['most']}</dt>
  <dd class="fapi-amount">${money(detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Controls.MaximumIndividualAmount.Amount, detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Controls.MaximumIndividualAmount.Currency)}</dd>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Schedule)??>
  <#list detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.Schedule as due>
  <dt>${date(due.PaymentExecutionDate)}</dt>
  <dd class="fapi-amount"><#if due.Amount??>${money(due.Amount.Amount, due.Amount.Currency)}<#else>${money(due.MaximumIndividualAmount.Amount, due.MaximumIndividualAmount.Currency)}</#if></dd>
  </#list>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.MultiPayment.MaximumCumulativeValueOfPayments)??>
  <dt>${text['total']}</dt>
  <dd class="fapi-amount">${money(detail.consent.ControlParameters.ConsentSchedule.MultiPayment.MaximumCumulativeValueOfPayments.Amount, detail.consent.ControlParameters.ConsentSchedule.MultiPayment.MaximumCumulativeValueOfPayments.Currency)}</dd>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.MultiPayment.MaximumCumulativeNumberOfPayments)??>
  <dt>${text['count']}</dt>
  <dd>${detail.consent.ControlParameters.ConsentSchedule.MultiPayment.MaximumCumulativeNumberOfPayments}</dd>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.PeriodStartDate)??>
  <dt>${text['start']}</dt>
  <dd>${date(detail.consent.ControlParameters.ConsentSchedule.MultiPayment.PeriodicSchedule.PeriodStartDate)}</dd>
  </#if>
  <#if (detail.consent.ControlParameters.ConsentSchedule.FilePayment)??>
  <dt>${text['schedule']}</dt>
  <dd>${label('schedule.', 'FilePayment')}</dd>
  <dt>${text['transactions']}</dt>
  <dd>${detail.consent.ControlParameters.ConsentSchedule.FilePayment.NumberOfTransactions}</dd>
  <dt>${text['total']}</dt>
  <dd>${detail.consent.ControlParameters.ConsentSchedule.FilePayment.ControlSum}</dd>
  </#if>
  <#if (detail.consent.DebtorReference)??>
  <dt>${text['reference']}</dt>
  <dd>${detail.consent.DebtorReference}</dd>
  </#if>
  <#if (detail.consent.Permissions)??>
  <dt>${text['permissions']}</dt>
  <dd><ul><#list detail.consent.Permissions as value><li>${label('permissions.', value)}</li></#list></ul></dd>
  </#if>
  <dt>${text['until']}</dt>
  <dd>${date(detail.consent.ExpirationDateTime)}</dd>
</dl>
<p>${text['payee']}</p>
