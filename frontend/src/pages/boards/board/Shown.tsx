import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import type { Board, BoardDocument, Comment, Tile } from '../../../api/boards.ts'
import { useRead, useWrite, type Page as Listed } from '../../../api/hooks.tsx'
import { useSay } from '../../../app/language.ts'
import type { DatasetRow } from '../../../api/data.ts'
import { MOST_DATASETS } from '../../../components/datasets.ts'
import { GeneratedTag } from '../../../components/GeneratedTag.tsx'
import { PageHead } from '../../../components/PageHead.tsx'
import { useSteps } from '../../../components/useSteps.ts'
import { AddTile } from './AddTile.tsx'
import { BoardActions } from './BoardActions.tsx'
import { Comments } from './Comments.tsx'
import type { Picking } from './Figure.tsx'
import { FilterBar } from './FilterBar.tsx'
import { Grid } from './Grid.tsx'
import { grown, placedAt, sameplace, stepped, type Needs } from './layout.ts'
import { pickAddress, readPicks, withoutPick, withPick } from './picks.ts'
import { TileFrame } from './TileFrame.tsx'
import { TileSettings } from './TileSettings.tsx'
import { TvFrame } from './TvFrame.tsx'
import { useTiles, type Filters } from './useTiles.ts'
import { Versions } from './Versions.tsx'

const EVERY_MS = 300_000

/** A board as it is looked at, and, for who may, as it is changed: nothing is kept before “save”. */
export function Shown({ board }: { board: Board }) {
  const { t } = useTranslation()
  const say = useSay()
  const { chosen: address, change: choose } = useSteps()
  const [draft, setDraft] = useState<BoardDocument | null>(address.get('edit') ? board.definition : null)
  const [beside, setBeside] = useState<string | null>(address.get('talk'))
  const [edited, setEdited] = useState<string | null>(null)
  const [needs, setNeeds] = useState<Needs>(new Map())
  const shown = draft ?? board.definition
  const tv = address.get('tv') === '1'
  const filters: Filters = {
    period: address.get('period') ?? shown.period,
    where: address.has('filtered') ? address.getAll('where') : shown.where,
    picks: readPicks(address.getAll('pick')),
  }
  const answers = useTiles(board.id, shown, filters, tv ? EVERY_MS : false)
  const comments = useRead<Listed<Comment>>(`/boards/${board.id}/comments`)
  const said = (tile: string) => (comments.data?.items ?? []).filter((one) => one.tile === tile).length
  const tiles = (next: Tile[]) => setDraft({ ...shown, tiles: next })
  const leave = () => { setDraft(null); choose({ edit: null }) }
  const save = useWrite(
    (definition: BoardDocument) => api.put<Board>(`/boards/${board.id}`, { revision: board.revision, definition }),
    { refresh: ['/boards'], done: t('common.saved'), after: leave },
  )
  const change = (tile: Tile) => draft && ({
    onStep: (step: object) => tiles(stepped(shown.tiles, tile.id, step)),
    onSettings: () => setEdited(tile.id),
    onRemove: () => tiles(shown.tiles.filter(({ id }) => id !== tile.id)),
  })
  const picking = (tile: Tile): Picking => ({
    pick: filters.picks.find((one) => one.tile === tile.id),
    onPick: (pick) => choose({ pick: pickAddress(withPick(filters.picks, pick)) }),
    onUnpick: () => choose({ pick: pickAddress(withoutPick(filters.picks, tile.id)) }),
  })
  const sources = useSources(shown.tiles)
  const one = shown.tiles.find(({ id }) => id === edited)
  return (
    <TvFrame on={tv} onLeave={() => choose({ tv: null })}>
      <PageHead
        title={say(shown.name)} lead={<>{say(shown.about)} <GeneratedTag datasets={shown.tiles.map(({ view }) => view?.dataset)} /></>}
        actions={!tv && <BoardActions board={board} filters={filters} draft={draft} busy={save.isPending} onEdit={() => setDraft({ ...board.definition, tiles: grown(board.definition.tiles, needs) })} onLeave={leave} onSave={() => draft && save.mutate({ ...draft, period: filters.period, where: filters.where })} onTv={() => choose({ tv: '1' })} onVersions={() => setBeside('versions')} />}
      />
      <FilterBar tiles={shown.tiles} filters={filters} still={tv} onChange={({ period, where, picks }) => choose({ period, where, filtered: '1', pick: pickAddress(picks) })} />
      {draft && <p className="soft small no-print">{t('boards.editing')}</p>}
      {!tv && shown.left_out.length > 0 && <Alert className="left-out" type="info" showIcon title={t('boards.leftOut')} description={<ul>{shown.left_out.map((words) => <li key={say(words)}>{say(words)}</li>)}</ul>} {...(draft ? { closable: { onClose: () => setDraft({ ...shown, left_out: [] }) } } : {})} />}
      <Grid tiles={shown.tiles} needs={needs} changing={draft !== null} onNeeds={setNeeds} onPlaced={(layout) => !sameplace(shown.tiles, layout) && tiles(placedAt(shown.tiles, layout))}>
        {(tile, narrow) => (
          <TileFrame
            tile={tile} answered={answers.get(tile.id)} narrow={narrow} comments={said(tile.id)} source={sources.get(tile.view?.dataset ?? '')} picking={picking(tile)} change={narrow ? null : change(tile)}
            onComments={() => setBeside(tile.id)} onJump={jump}
          />
        )}
      </Grid>
      {draft && <AddTile tiles={shown.tiles} onAdd={(tile) => tiles([...shown.tiles, tile])} />}
      {beside === 'versions' && <Versions board={board} onClose={() => setBeside(null)} />}
      {beside !== null && beside !== 'versions' && <Comments board={board} tile={beside} comments={(comments.data?.items ?? []).filter(({ tile }) => tile === beside)} onClose={() => setBeside(null)} />}
      {one && <TileSettings tile={one} unit={answers.get(one.id)?.answer?.answer?.result.cells[0]?.unit} onClose={() => setEdited(null)} onChange={(next) => { tiles(shown.tiles.map((tile) => (tile.id === next.id ? next : tile))); setEdited(null) }} />}
    </TvFrame>
  )
}

/** The names of the datasets of a board that draws from several; empty where there is one. */
function useSources(tiles: Tile[]): Map<string, string> {
  const read = useRead<Listed<DatasetRow>>('/datasets', { limit: MOST_DATASETS })
  const used = new Set(tiles.map(({ view }) => view?.dataset))
  const named = (read.data?.items ?? []).filter(({ id }) => used.has(id)).map(({ id, name }) => [id, name] as const)
  return new Map(named.length > 1 ? named : [])
}

/** Go to a tile, for eyes and keyboard. */
function jump(tile: string): void {
  const found = document.getElementById(`tile-${tile}`)
  found?.scrollIntoView({ block: 'center' })
  found?.focus({ preventScroll: true })
}
