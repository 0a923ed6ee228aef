declare module '@socialgouv/jours-feries' {
  /** Each public holiday of a year in metropolitan France, by its name, at midnight where it runs. */
  export default function getJoursFeries(year: number): Readonly<Record<string, Date>>
}
