/** One space of ids for all kinds, disjoint, 0 for the country: a perimeter of any kinds is one array of ints. */
export const regionId = (code: string): number => 1000 + Number(code)
/** 33 -> 2033, 971 -> 2971; 2A and 2B, which are no numbers -> 2201, 2202. */
export const departementId = (code: string): number =>
  code === '2A' ? 2201 : code === '2B' ? 2202 : 2000 + Number(code)
export const epciId = (siren: string): number => Number(siren)
