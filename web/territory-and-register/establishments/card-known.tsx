import { IfOpen } from '../../agreement/tools/if-open.tsx'
import { fullName } from '../../platform/names.ts'
import { Commitments } from '../../work-with-employers/commitments/commitments.tsx'
import { Facts } from '../../work-with-employers/facts/facts.tsx'
import { NeedsBlock } from '../../work-with-employers/needs/needs-block.tsx'
import { History } from '../../work-with-employers/notes/history.tsx'
import { Services } from '../../work-with-employers/services/services.tsx'
import { type Establishment, registerFacts } from './words.ts'

/** What the network knows of it: needs, facts, commitments, services, history. */
export const Known = ({ establishment, mayNote }: { establishment: Establishment; mayNote: boolean }) => {
  const { siret, siblings } = establishment
  const name = fullName(establishment)
  return (
    <>
      <IfOpen category="besoins" title="Besoins" id="besoins">
        <NeedsBlock siret={siret} name={name} />
      </IfOpen>
      <IfOpen category="renseignements" title="La fiche vue du terrain" id="terrain">
        <Facts siret={siret} register={registerFacts(establishment)} />
      </IfOpen>
      <IfOpen category="engagements" title="Engagements" id="engagements">
        <Commitments siret={siret} name={name} />
      </IfOpen>
      <Services siret={siret} name={name} />
      <History siret={siret} name={name} company={siblings.open + siblings.closed > 0} mayNote={mayNote} />
    </>
  )
}
