import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { usePathParams } from '../platform/navigation.ts'
import { Button, Link, Loaded, NotFound, Page, Section } from '../ui/index.ts'
import { Blocks } from './guide-blocks.tsx'
import { guideWords } from './guide-words.ts'
import { guideQuery, isGuide } from './guides.ts'
import type { GuideName } from './help-address.ts'
import './help.css'

export default function GuidePage() {
  const { guide } = usePathParams<{ guide: string }>()
  return isGuide(guide) ? <GuideText key={guide} name={guide} /> : <NotFound />
}

/** The section that the address names, once it is drawn: with the focus, so that reading goes on from there. */
const goToSection = () => {
  const section = document.getElementById(decodeURIComponent(window.location.hash.slice(1)))
  if (!section) return
  section.scrollIntoView()
  section.setAttribute('tabindex', '-1')
  section.focus({ preventScroll: true })
}

const GuideText = ({ name }: { name: GuideName }) => {
  const query = useQuery(guideQuery(name))
  const { isSuccess } = query
  useEffect(() => {
    if (isSuccess) goToSection()
  }, [isSuccess])
  return (
    <Page
      title={`Guide : ${guideWords[name].label}`}
      lead={guideWords[name].about}
      breadcrumb={[{ label: 'Aide', href: '/aide' }]}
      width="narrow"
      actions={
        <Button priority="tertiary" icon="fr-icon-printer-line" onClick={() => window.print()}>
          Imprimer
        </Button>
      }
    >
      <Loaded query={query} lines={12}>
        {({ intro, sections }) => (
          <div className="cc-guide">
            <Blocks blocks={intro} />
            <nav aria-label="Dans ce guide">
              <ul>
                {sections.map(({ anchor, title }) => (
                  <li key={anchor}>
                    <Link href={`#${anchor}`}>{title}</Link>
                  </li>
                ))}
              </ul>
            </nav>
            {sections.map(({ anchor, title, blocks }) => (
              <Section key={anchor} id={anchor} title={title}>
                <Blocks blocks={blocks} />
              </Section>
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  )
}
