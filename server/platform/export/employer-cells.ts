import type { Static } from 'typebox'
import { companySizeWords, legalNatureWords } from '../../../contract/territory-and-register/employer-kinds.ts'
import type { EstablishmentLine } from '../../../contract/territory-and-register/establishments.ts'
import type { Cell } from './cells.ts'

type Line = Static<typeof EstablishmentLine>
/** An employer as each exported list tells it. A SIRET is text: a spreadsheet would round it. */
export const lineCells = {
  siret: (line: Line): Cell => line.siret,
  name: (line: Line): Cell => line.name,
  town: (line: Line): Cell => line.town,
  activity: (line: Line): Cell => line.activity?.label ?? null,
  headcount: (line: Line): Cell => line.headcount?.label ?? null,
  legalNature: (line: Line): Cell => legalNatureWords[line.legalNature],
  companySize: (line: Line): Cell => companySizeWords[line.companySize],
}
/** The same of a line that carries its employer. */
export const employerCells = {
  siret: (of: { establishment: Line }) => lineCells.siret(of.establishment),
  name: (of: { establishment: Line }) => lineCells.name(of.establishment),
  town: (of: { establishment: Line }) => lineCells.town(of.establishment),
  activity: (of: { establishment: Line }) => lineCells.activity(of.establishment),
  headcount: (of: { establishment: Line }) => lineCells.headcount(of.establishment),
  legalNature: (of: { establishment: Line }) => lineCells.legalNature(of.establishment),
  companySize: (of: { establishment: Line }) => lineCells.companySize(of.establishment),
}
