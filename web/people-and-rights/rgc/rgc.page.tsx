import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, ButtonRow, Empty, Loaded, Notice, Page, Section } from '../../ui/index.ts'
import { PersonLink } from '../directory/person-link.tsx'
import { Declare } from './declare.tsx'
import { Deeds, Revocation } from './deeds.tsx'
import { Events } from './events.tsx'
import { Gate } from './gate.tsx'
import { rgcQuery } from './queries.ts'
import { NoteDialog, ToDeclare } from './to-declare.tsx'
import { Unseen } from './unseen.tsx'
import { isSignatoryAlone } from './words.ts'
import './rgc.css'

export default function RgcPage() {
  const query = useQuery(rgcQuery)
  const [declaring, setDeclaring] = useState(false)
  const [noting, setNoting] = useState(false)
  const may = query.data?.allowed ?? []
  return (
    <Page
      title="Responsables de gestion de comptes"
      lead="Qui ouvre et ferme les comptes de votre structure, par quel acte, et ce qu’il reste à faire."
      {...(may.includes('propose')
        ? {
            actions: (
              <ButtonRow>
                <Button href="/responsables-de-comptes/proposer">Proposer un acte d’engagement</Button>
                {may.includes('declare') && (
                  <Button priority="secondary" onClick={() => setDeclaring(true)}>
                    Déclarer un départ ou une absence
                  </Button>
                )}
                {may.includes('declare') && (
                  <Button priority="tertiary" onClick={() => setNoting(true)}>
                    Noter ce qui est à déclarer
                  </Button>
                )}
              </ButtonRow>
            ),
          }
        : {})}
    >
      <Loaded query={query} lines={8}>
        {overview => (
          <>
            {overview.inPlace.length === 0 && overview.organisation.kind !== 'operateur' && (
              <Notice tone="warning" title="Votre structure n’a pas de RGC en exercice">
                Personne ne peut y créer de compte, donner une habilitation ni mener la revue annuelle. Les
                habilitations en cours continuent. Le signataire propose un acte d’engagement ; d’ici là, il fait dans «
                Habilitations » ce qui ne peut pas attendre.
              </Notice>
            )}
            {isSignatoryAlone(overview) && (
              <Notice tone="warning" title="Votre seul RGC est aussi votre seul signataire">
                Personne ne peut décider pour lui : ni l’habiliter, ni confirmer ce qu’il ouvre, ni décider ses lignes
                de la revue annuelle, qui ne peut pas être close. Proposez un acte d’engagement qui désigne une seconde
                personne.
              </Notice>
            )}
            {overview.gate && <Gate gate={overview.gate} />}
            {overview.revocations
              .filter(revocation => revocation.madeAt === null && revocation.withdrawn === null)
              .map(revocation => (
                <Revocation key={revocation.id} revocation={revocation} />
              ))}
            {overview.inPlace.length > 0 && (
              <Section title="En exercice">
                <ul className="cc-inline-list fr-mb-0">
                  {overview.inPlace.map(person => (
                    <li key={person.id}>
                      <PersonLink person={person} />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            <Section title="Actes d’engagement">
              {overview.deeds.length === 0 ? (
                <Empty title="Aucun acte à vous montrer">
                  {may.includes('propose')
                    ? 'Proposez le premier : il désigne au moins un titulaire.'
                    : 'Les actes sont vus du signataire, des RGC et des personnes qu’ils désignent.'}
                </Empty>
              ) : (
                <Deeds deeds={overview.deeds} />
              )}
            </Section>
            {overview.toDeclare.length > 0 && (
              <Section title="À déclarer au CSSI">
                <ToDeclare lines={overview.toDeclare} />
              </Section>
            )}
            {overview.unseen.length > 0 && (
              <Section title="Toujours en fonction ?">
                <p>
                  Sans activité dans le service depuis deux mois. Ce n’est pas une absence : répondez, ou déclarez un
                  départ, un changement de fonction ou une absence. Se connecter suffit aussi.
                </p>
                <Unseen lines={overview.unseen} />
              </Section>
            )}
            {overview.events.length > 0 && (
              <Section title="Départs et absences déclarés">
                <Events events={overview.events} />
              </Section>
            )}
            {noting && <NoteDialog people={overview.inPlace} onClose={() => setNoting(false)} />}
            {declaring && <Declare people={overview.inPlace} onClose={() => setDeclaring(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}
