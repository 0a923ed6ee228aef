import { Page } from '../ui/index.ts'
import { Acts } from './acts.tsx'
import { Over } from './over.tsx'
import { Said } from './said.tsx'
import { Shown } from './shown.tsx'
import { Typed } from './typed.tsx'

/** Each piece of the kit in each of its states, as the pages draw them. */
export default function KitPage() {
  return (
    <Page
      title="Aperçu des composants"
      lead="Chaque composant, dans chacun de ses états, pour qui construit les pages."
    >
      <Acts />
      <Said />
      <Typed />
      <Shown />
      <Over />
    </Page>
  )
}
