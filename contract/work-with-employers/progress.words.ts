/** Said of who did it, in the trail. */
export const acts: Readonly<Record<string, string>> = {
  'campaign.report-made': 'a fait le rapport d’une campagne',
}
