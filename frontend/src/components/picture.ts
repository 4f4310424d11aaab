import type { EChartsType } from 'echarts/core'

type Words = { name: string; title: string; caption: string }

const WIDTH = 760
const HEAD = 64

/** Copy a chart with its title and finding as a picture; saved as a file where the browser cannot copy it. True: copied. */
export async function savePicture(chart: EChartsType, words: Words): Promise<boolean> {
  const blob = picture(chart, words)
  if (window.isSecureContext && 'ClipboardItem' in window) {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    return true
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await blob)
  link.download = `${words.name}.png`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  return false
}

async function picture(chart: EChartsType, { title, caption }: Words): Promise<Blob> {
  const image = new Image()
  image.src = chart.getDataURL({ type: 'svg' })
  await image.decode()
  const scale = WIDTH / chart.getWidth()
  const height = Math.round(chart.getHeight() * scale)
  const sheet = document.createElement('canvas')
  sheet.width = WIDTH * 2
  sheet.height = (height + HEAD) * 2
  const pen = sheet.getContext('2d')
  if (!pen) throw new Error('no canvas')
  const style = getComputedStyle(document.documentElement)
  pen.scale(2, 2)
  pen.fillStyle = style.getPropertyValue('--paper')
  pen.fillRect(0, 0, WIDTH, height + HEAD)
  const face = getComputedStyle(document.body).fontFamily
  pen.fillStyle = style.getPropertyValue('--ink')
  pen.font = `600 16px ${face}`
  pen.fillText(title, 16, 28, WIDTH - 32)
  pen.fillStyle = style.getPropertyValue('--soft')
  pen.font = `13px ${face}`
  pen.fillText(caption, 16, 50, WIDTH - 32)
  pen.drawImage(image, 0, HEAD, WIDTH, height)
  return new Promise((done, fail) => sheet.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'))
}
