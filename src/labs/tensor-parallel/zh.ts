import type { Words } from './en.ts';

export const words: Words = {
  question: '在8路张量并行之外再打开序列并行（sequence parallelism）。每张卡每层要多发多少？',
  options: { less: '少一半', same: '一样多', more: '多一倍' },
  why: (bytes, without, withSp) =>
    `环形all-reduce本来就是reduce-scatter加all-gather，序列并行只是在两者之间做点事。GPT-3的一层，两种都是${bytes}，而留下的激活值从${without}降到${withSp}。`,
  splitTitle: '在真实的数上，把一个模块切到各个rank',
  splitLede: '卡片上画的就是每个rank自己算的。一步一步走，看它们在哪里不得不通信。',
  block: '模块',
  blocks: { mlp: 'MLP', rows: '切错方向的MLP', attention: '注意力' },
  ranks: 'rank数',
  between: '模块之间',
  betweens: { whole: '每个rank都有全部token', tokens: 'token分给各rank（序列并行）' },
  otherNumbers: '换一组数',
  weights: '权重怎么切，谁拿哪一份',
  weightsHint: {
    mlp: 'A按列切，B按行切。',
    rows: 'A按行切，X相应地按列切。B按行切。',
    attention: '三个投影按列切，每个rank一个头（head）；输出矩阵Wₒ按行切。',
  },
  rank: (rank) => `rank ${rank}`,
  everyRank: '每个rank',
  stepOf: (at, of) => `第${at}步，共${of}步`,
  passes: { forward: '前向', backward: '反向' },
  alone: '不通信',
  collectives: {
    'all-reduce': 'all-reduce',
    'all-gather': 'all-gather',
    'reduce-scatter': 'reduce-scatter',
  },
  operators: {
    f: '算子f，前向时什么也不做',
    fBack: '算子f的反向',
    g: '算子g的前向',
    gBack: '算子g，反向时什么也不做',
  },
  steps: {
    input: '每个rank都有输入X。',
    gather: '各rank互相收齐对方的token，人人都有完整的X。',
    first: '每个rank用X乘自己那几列A，得到H = XA的完整几列。',
    extra: '多出来的一次all-reduce：GeLU要的是加完的H，所以到这里就必须通信。',
    gelu: 'GeLU逐元素计算，谁也不需要别人的数。',
    project: '每个rank算自己那些头的Q、K、V。',
    scores: '逐头计算QKᵀ/√d的softmax，带因果掩码（causal mask）。',
    mix: '用权重混合V，得到自己那些头的输出。',
    second: '每个rank用手里的结果乘第二个矩阵中自己那几行，得到一个完整大小的Z，但只是一个加数。',
    output: '加数合成Z。',
    gradient: '反向：每个rank都有梯度dZ。',
    'gather-gradient': '各rank互相收齐dZ的token。',
    'back-second': '每个rank算第二个矩阵中自己那几行的梯度，以及它输入的梯度。',
    'back-gelu': '逐元素穿过GeLU。',
    'back-first': '每个rank算自己那几列A的梯度，以及一个完整大小、但只是加数的dX。',
    'back-mix': '穿过混合：权重P和V的梯度。',
    'back-scores': '穿过softmax：Q和K的梯度。',
    'back-project': '每个rank算自己投影矩阵的梯度，以及一个完整大小、但只是加数的dX。',
    'input-gradient': '加数合成dX，前一层正等着它。',
  },
  scatteredInput: '输入X按列切：每个rank拿到与自己那几行A对应的列。',
  sharded: {
    input: '序列并行：每个rank只有X中自己的token（行）。',
    gradient: '反向：每个rank只有dZ中自己的token。',
  },
  partialFirst: '每个rank用自己那几列X乘自己那几行A，得到的H只是一个加数。',
  wholeGelu: '对加完的H做GeLU：每个rank做的是同样的计算。',
  regather: 'X是按token存的，所以Megatron在这里再收集一次，藏在dX的计算后面。',
  shares: { whole: '完整', columns: '自己的列', rows: '自己的行', partial: '一个加数' },
  headWeights: '自己的头',
  takes: '取',
  makes: '得',
  matrix: (name, rows, columns, entries) => `${name}，${rows} × ${columns}：${entries}`,
  unsplit: '单设备上算同样的东西',
  same: (name, difference) => `${name}与单设备的结果相同，最大相差${difference}。`,
  roundings: (difference) => `${difference}，来自相加顺序不同的舍入`,
  none: '0',
  wrongTitle: '假如每个rank对自己的加数直接做GeLU',
  wrongIs: (entry, was) =>
    `得到的是另一个矩阵：第一个不同的元素成了${was}，本该是${entry}。和的GeLU不等于GeLU的和。`,
  ledger: (forward, backward) =>
    `到此为止每个rank在环上发送：前向${forward}个数，反向${backward}个数。`,
  ledgerForward: (forward, columns) =>
    `到此为止每个rank在环上发送${forward}个数；按列切只要${columns}个。`,
  stepTable: '每一步以及发送量',
  stepHead: ['步', '方向', '做什么', '集合通信', '每个rank发送'],
  numbers: (count) => `${count}个数`,
  layerTitle: '放大到真实尺寸：一层留下多少，发送多少',
  layerControls: '一层',
  layerModel: '模型',
  t: '张量并行度t',
  s: '序列长度s',
  b: '微批次b',
  tokens: '个token',
  layerShape: (h, a, l) => `h = ${h}，${a}个头，${l}层`,
  techniques: {
    none: '单卡，不并行',
    tp: 'TP',
    'tp+sp': 'TP + SP',
    'tp+selective': 'TP，重计算注意力核',
    'tp+sp+selective': 'TP + SP，重计算注意力核',
    full: '全部重计算',
  },
  layerHead: ['做法', '每层每卡字节数', '相对TP', '全部层', '每卡每层发送'],
  layerChart: '一层在每张卡上留下的激活值',
  layerVerdict: (less, bytes) =>
    `序列并行比单用张量并行少留${less}，每层每个微批次发送的同样是${bytes}。`,
  layerNothing: '只有一张卡，没有什么可切。',
  layerFormula: '代入这里的数',
  layerSends: '每层发送',
  allReduces: (count) => `${count}次all-reduce`,
  gathersAndScatters: (count) => `${count}次all-gather + ${count}次reduce-scatter`,
  layerNote:
    '激活值16位，dropout掩码1字节，MLP宽4h，注意力保存s × s矩阵。FlashAttention不存这些矩阵，请看“重计算注意力核”的几行。全部重计算会把前向再跑一遍，其中的all-reduce也重来一遍。SP在反向中要多做一次all-gather，它被计算掩盖，与论文一样不计。',
  placeTitle: '每张卡站在哪里',
  placeQuestion: '节点有8张卡，为了把显存减半，把张量并行从8加到16。每张卡为它发送的字节数会怎样？',
  placeOptions: { half: '减半', little: '几乎不变', double: '加倍' },
  placeWhy: (before, after) =>
    `每次all-reduce发送的从缓冲区的${before}变成${after}，也就是两倍的(t−1)/t。但16个rank的环必须出节点，每层每个微批次四次，而且在关键路径上。`,
  runs: '已发表的布局',
  runNames: {
    gpt1t: 'GPT 1T，3,072张A100',
    llama8k: 'Llama 3 405B，16,384张H100，8K',
    llama128k: 'Llama 3 405B，16,384张H100，128K',
    deepseek: 'DeepSeek-V3，2,048张H800',
  },
  runNotes: {
    gpt1t: 'Megatron-LM的1T训练：TP 8，PP 64，3,072张卡剩下的就是DP 6。激活值全部重计算。',
    llama8k:
      '由内到外TP 8、CP 1、PP 16、DP 128。这里打开了重计算，因为显存公式是GPT层的，用在Llama上偏高；Llama 3在8K时其实不需要重计算，TP发送的也就少三分之一。',
    llama128k: 'CP 16从数据并行里拿出来：DP 8。数据并行在最外层。',
    deepseek:
      'PP 16，EP 64跨8个节点，不用TP。DeepSeek自己省显存的办法没有公式可算，这里用重计算代替；DualPipe的第二份参数、它的调度和FP8分发都没有计入。',
  },
  placeControls: '布局与模型',
  model: '模型',
  nodes: '节点数',
  perNode: '每节点GPU数',
  degrees: { tp: 'TP，张量', cp: 'CP，上下文', ep: 'EP，专家', dp: 'DP，数据', pp: 'PP，流水线' },
  short: { tp: 'TP', cp: 'CP', ep: 'EP', dp: 'DP', pp: 'PP' },
  letter: { tp: 'T', cp: 'C', ep: 'E', dp: 'D', pp: 'P' },
  dpFollows: 'DP是剩下的那一份；改它，节点数会跟着变。',
  epNeeds: 'EP需要有专家的模型：请选Mixtral或DeepSeek-V3。',
  order: 'rank的排列顺序，最左边变化最快',
  orders: {
    'tp-cp-ep-dp-pp': 'tp-cp-ep-dp-pp',
    'tp-cp-ep-pp-dp': 'tp-cp-ep-pp-dp',
  },
  orderHint: {
    'tp-cp-ep-dp-pp': 'Megatron-LM的默认顺序：数据并行相邻，流水线阶段相距最远。',
    'tp-cp-ep-pp-dp': '数据并行在最外层，和Llama 3一样（--use-tp-pp-dp-mapping）。',
  },
  more: '批次、显存与硬件',
  sequence: '序列长度',
  microBatch: '微批次b',
  microbatches: '每条流水线的微批次数m',
  batch: (sequences, tokens) => `全局批次m·b·DP：${sequences}条序列，${tokens}个token。`,
  optimizer: '优化器状态',
  optimizers: { whole: '每份副本都完整', sharded: '在DP上分片（ZeRO-1）' },
  gradients: '梯度',
  gradientNames: { '16': '16位（ZeRO论文，16 B）', '32': 'fp32（Megatron，18 B）' },
  recompute: '重计算',
  recomputes: { none: '不重计算', selective: '注意力核', full: '全部' },
  gpu: 'GPU',
  problem: (problem) => {
    switch (problem.why) {
      case 'product':
        return `TP × CP × PP = ${problem.copy}，不能整除${problem.gpus}张卡`;
      case 'many':
        return `这里最多${problem.most}张卡`;
      case 'heads':
        return `TP要能整除模型的${problem.heads}个头`;
      case 'layers':
        return `PP不能超过模型的${problem.layers}层`;
      case 'sequence':
        return `TP × CP = ${problem.by}要能整除序列长度`;
      case 'experts':
        return problem.experts === 1 ? '这个模型没有专家' : `EP要能整除${problem.experts}个专家`;
      case 'stage':
        return `EP要能整除TP × CP × DP = ${problem.stage}`;
      case 'order':
        return `在这个顺序下，EP只能是1或TP × CP = ${problem.only}`;
    }
  },
  dpProblem: (copy, perNode) => `DP × ${copy}张卡要正好占满每个${perNode}卡的节点，最多65,536张卡`,
  product: (parts, gpus) => `${parts} = ${gpus}张卡`,
  tpInside: (t, perNode) => `TP ${t}留在${perNode}卡的节点内：它的通信走快速链路。`,
  tpOutside: (t, nodes, bytes) =>
    `TP ${t}出了节点：每组跨${nodes}个节点。每张卡每步的${bytes}，其中大部分要等，现在全看网络。`,
  tpNone: '没有张量并行：层内不发送任何东西。',
  mapTitle: '节点与通信组',
  mapAll: (nodes) => `全部${nodes}个节点。`,
  mapSome: (shown, nodes) => `${nodes}个节点中，含有它各组成员的${shown}个。`,
  mapCut: (shown, all) => `这样的节点有${all}个，只画前${shown}个。`,
  mapHint: '指向或点按一张卡。用键盘：左右键换卡，上下键换节点，回车选定。',
  heardJoin: '；',
  node: (node) => `节点${node}`,
  stage: (from, to) => (from === to ? `阶段${from}` : `阶段${from}–${to}`),
  chosen: 'GPU（全局rank）',
  gpuAt: (rank, node) => `节点${node}上的GPU ${rank}`,
  placeIn: (at, of, where) => `第${at}个，共${of}个，${where}`,
  groupAlone: '只有自己',
  nodesOf: (nodes) => (nodes === '1' ? '在一个节点内' : `跨${nodes}个节点`),
  self: '选中的卡',
  trafficTitle: '发送什么，什么会出节点',
  trafficHead: ['维度', '每卡每步发送', '出节点的部分', '全集群每步跨节点', '组的分布', '传什么'],
  travels: {
    tp: '激活值及其梯度，每层每个微批次2 + 2次all-reduce',
    cp: '两个方向都收集K和V，再散发它们的梯度',
    ep: '两个方向都把token送到专家再送回',
    dp: '梯度，每步一次',
    pp: '每个边界、每个微批次一份激活值和它的梯度',
  },
  travelsSharded: '梯度，然后是更新后的参数，每步一次',
  travelsAgain: '激活值及其梯度；前向要跑两遍，所以每层每个微批次4 + 2次all-reduce',
  crosses: (share) => `${share}的消息`,
  stays: '没有',
  unused: '未使用',
  trafficNote:
    '按rank顺序成环；专家负载均匀，每个专家一份token副本；序列并行打开；不交错；按最满的阶段算。DP在DP × CP个rank上归约。含专家的层里只有注意力做张量并行。',
  memoryTitle: '最满的一张卡的显存',
  kinds: {
    parameters: '参数',
    gradients: '梯度',
    optimizerStates: '优化器状态',
    activations: '激活值',
    buffers: '缓冲区',
  },
  fits: (bytes, capacity, left) => `${capacity}中用${bytes}：放得下，还剩${left}。`,
  over: (bytes, capacity, over) => `${capacity}要放${bytes}：放不下，超出${over}。`,
  memoryChart: (parts) => `一张卡的显存：${parts}`,
  memoryFormula: (params, tp, pp, onRank) =>
    `${params} / (TP ${tp} · PP ${pp}) ≈ 最满的rank上${onRank}参数`,
  memoryExperts: (onRank) => `，另有专家参数${onRank}`,
  stop: '。',
  memoryNote:
    '激活值用GPT层在第一阶段的公式，再除以CP；对类Llama的层和专家只是近似，多半偏高。未计：碎片、CUDA上下文、NCCL缓冲区。',
  andMore: (count) => `……另有${count}个`,
  join: '、',
};
