import { Link, Page, ShortcutList } from '../ui/index.ts'

export default function ShortcutsPage() {
  return (
    <Page title="Raccourcis du clavier" width="narrow" lead="Tout se fait au clavier ; ces touches vont plus vite.">
      <ShortcutList />
      <p className="fr-mt-3w">
        Aucun n’agit pendant que vous écrivez dans un champ, sauf ceux avec Ctrl. Chacun des autres se désactive dans{' '}
        <Link href="/mon-compte#raccourcis">Mon compte</Link>.
      </p>
    </Page>
  )
}
